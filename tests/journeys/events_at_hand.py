# Gives the demo a full date, so that an offer can be made: run in the server's own database.
from datetime import timedelta

from django.utils import timezone

from events.models import EventPage, Occurrence, Registration
from events.services import Registrant, Wish, end_registration, register, registration_url
from thuisbasis.accounts.models import User
from thuisbasis.network.policies import ANONYMOUS

event = EventPage.objects.get(slug="open-huis-thuis-in-twente")
starts = timezone.now().replace(second=0, microsecond=0) + timedelta(days=20)
date = Occurrence.objects.create(
    event=event,
    starts_at=starts,
    ends_at=starts + timedelta(hours=2),
    place="Hengelo",
    capacity=1,
    changed_at=starts,
    join_url="https://vergaderen.invalid/zaal",
)
names = ("Eerst Verzonnen", "Tweede Verzonnen")
rows = [
    register(
        occurrence=date,
        registrant=Registrant(visitor=ANONYMOUS, name=name, email=f"{name.split()[0].lower()}@example.org"),
        wish=Wish(),
        now=timezone.now(),
    )
    for name in names
]
end_registration(registration=rows[0], now=timezone.now())
Registration.objects.bulk_create(
    Registration(
        occurrence=date,
        name=f"Gast {number:03d} Verzonnen",
        email=f"gast{number}@example.org",
        status="confirmed",
        place=number,
        registered_at=starts,
        confirmed_at=starts,
    )
    for number in range(100, 400)
)
print(registration_url(rows[1]))
print(date.key)
print(Occurrence.objects.get(event__slug="netwerkdag-housing-first").key)
print(Occurrence.objects.filter(event__slug="training-eerste-gesprek").order_by("starts_at").last().key)
row = Registration.objects.get(
    occurrence__event__slug="training-eerste-gesprek",
    user=User.objects.get(email="lid@example.nl"),
    occurrence__starts_at__lt=timezone.now() - timedelta(days=20),
)
print(registration_url(row))
