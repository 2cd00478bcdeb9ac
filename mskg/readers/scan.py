def has_recogniser(): return False
