"""For whom a task is, by its words."""

from __future__ import annotations

import pytest

from mskg.lexicon.tables import read_table
from mskg.lexicon.target_groups import everyone, target_groups_in


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("为残疾儿童提供康复救助", {"disabled-children"}),
        ("为残疾人和孤独症儿童提供服务", {"disabled", "disabled-children"}),
        ("新建公办幼儿园2所", set()),
        ("新增婴幼儿托位", {"infants"}),
        ("提高群众满意度", {"residents"}),
        ("新建口袋公园2个", set()),
    ],
)
def test_the_longest_word_names_the_group(text: str, groups: set[str]) -> None:
    assert target_groups_in(text) == groups


def test_a_word_names_one_group() -> None:
    words = [
        word
        for row in read_table("target_groups")
        for column in ("words", "apart")
        for word in row[column].split()
    ]
    assert len(words) == len(set(words))


def test_everyone_is_who_belongs_to_no_wider_group() -> None:
    assert everyone() == {"residents", "businesses"}
