"""The page that the team opens every morning."""

from loyalty.today.figures import Change, FeedbackFigure, Figures, NotesFigure, NpsFigure, RateFigure, TrendPoint
from loyalty.today.page import TodayPage, today
from loyalty.today.places import Place
from loyalty.visits.row import VisitRow

__all__ = [
    "Change",
    "FeedbackFigure",
    "Figures",
    "NotesFigure",
    "NpsFigure",
    "Place",
    "RateFigure",
    "TodayPage",
    "TrendPoint",
    "VisitRow",
    "today",
]
