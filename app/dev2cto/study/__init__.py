"""The application layer behind both front ends: course and record, joined by the rules of learning.

Every call that changes the record has saved the change when it returns.
"""
