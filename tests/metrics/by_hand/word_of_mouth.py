from loyalty.metrics.windows import window
from tests.metrics.by_hand.counts import mean, result, share_of_people


def figures(rows, month):
    return {
        "review_rate": review_rate(rows, month),
        "review_rating": mean([(r.who, r.rating) for r in rows.reviews if r.rating and r.posted_on in window(month)]),
        "referral_rate": referred(rows, month),
    }


def review_rate(rows, month):
    began = min((review.posted_on for review in rows.reviews), default=None)
    asks = [
        i.who
        for i in rows.invitations
        if i.message.state == "sent" and i.day in window(month) and began and i.day >= began
    ]
    posted = sum(review.posted_on in window(month) for review in rows.reviews)
    return result(100 * posted / len(asks), posted, len(asks), len(asks), patients=len(set(asks))) if asks else None


def referred(rows, month):
    new = {
        who
        for who, day in rows.first_ever.items()
        if day in window(month)
        and rows.first_referral
        and day >= rows.first_referral
        and not all(visit.is_history for visit in rows.days[who][day])
    }
    return share_of_people(new, new & rows.referred)
