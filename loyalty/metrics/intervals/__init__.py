"""95 % intervals, one kind of figure a file. Shares run from 0 to 1, net scores from -1 to 1."""

from loyalty.metrics.intervals.clusters import ClusterSums, design_effect
from loyalty.metrics.intervals.count import count_interval
from loyalty.metrics.intervals.interval import Interval
from loyalty.metrics.intervals.mean import adjusted_mean
from loyalty.metrics.intervals.median import median_interval, median_ranks
from loyalty.metrics.intervals.nps import adjusted_nps, plain_nps
from loyalty.metrics.intervals.proportion import clustered_proportion, wilson

__all__ = [
    "ClusterSums",
    "Interval",
    "adjusted_mean",
    "adjusted_nps",
    "clustered_proportion",
    "count_interval",
    "design_effect",
    "median_interval",
    "median_ranks",
    "plain_nps",
    "wilson",
]
