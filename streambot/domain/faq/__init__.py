"""Frequently asked questions: the entries merchants write and how a line finds one."""
