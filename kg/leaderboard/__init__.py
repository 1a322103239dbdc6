"""Leaderboards: the results on a dataset, ranked where ranking means something."""

from kg.leaderboard.board import make_board
from kg.leaderboard.model import Board, Lane, Result
from kg.leaderboard.records import running_best

__all__ = ["Board", "Lane", "Result", "make_board", "running_best"]
