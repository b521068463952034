from fractions import Fraction

from huiyin.kernel.figures import Figure, Mean
from huiyin.kernel.measures import MEASURES
from huiyin.kernel.plain import plain, plain_means


def test_cases_are_whole_and_tenths_are_told_where_a_measure_weighs_them():
    figures = {
        "received": Figure(MEASURES["received"], 7, None),
        "satisfaction": Figure(MEASURES["satisfaction"], 195, 220),
        "resolution": Figure(MEASURES["resolution"], 0, 0),
    }
    assert plain({"all": figures, "net": {}}) == {
        "all": {
            "received": {"value": 7.0, "numerator": 7},
            "satisfaction": {"value": 88.6, "numerator": 19.5, "denominator": 22},
            "resolution": {"value": None, "numerator": 0, "denominator": 0},
        },
        "net": {},
    }


def test_a_mean_tells_over_how_many_lines():
    mean = Mean(MEASURES["response"], Fraction(200, 3), 3)
    assert plain_means({"all": {"response": mean}, "net": {}}) == {
        "all": {"response": {"value": 66.7, "lines": 3}},
        "net": {},
    }
