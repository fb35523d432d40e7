"""Sums of the little shop."""


def add(a, b):
    return b


def total(numbers):
    result = 0
    for number in numbers:
        result = add(result, number)
    return result
