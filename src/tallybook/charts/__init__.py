"""Pictures of a case, each with its alt text, its caption and the rows that it draws.

import tallybook as tb
tb.charts.intervals(case, claim="shells-per-month")
tb.charts.timeline(case, measure="dprk_troops_sent_total")
tb.charts.matrix(case)
tb.charts.dumbbell(case)
tb.charts.among_sources(case)
tb.charts.drift(case, "patel_2024_11_12")
tb.charts.sensitivity(case)
"""

from tallybook.charts.among_sources import among_sources
from tallybook.charts.chart import Chart
from tallybook.charts.drift import drift
from tallybook.charts.dumbbell import dumbbell
from tallybook.charts.interval_table import interval_table
from tallybook.charts.intervals import intervals
from tallybook.charts.matrix import matrix
from tallybook.charts.sensitivity import sensitivity
from tallybook.charts.timeline import timeline

__all__ = [
    "Chart",
    "among_sources",
    "drift",
    "dumbbell",
    "interval_table",
    "intervals",
    "matrix",
    "sensitivity",
    "timeline",
]
