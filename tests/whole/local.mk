# whole
