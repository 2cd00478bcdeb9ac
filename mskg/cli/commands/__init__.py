"""One thin module a command: HELP, EXAMPLES, and the function `command`."""
