"""Files of cases that are read by the tests here are no tests themselves: some are broken."""

collect_ignore = ["cases"]
