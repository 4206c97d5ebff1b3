# Gives the demo a full date, so that an offer can be made: run in the server's own database.
from datetime import timedelta

from django.utils import timezone

from events.models import EventPage, Occurrence, Registration
from events.services import Registrant, Wish, end_registration, register, registration_url
from thuisbasis.network.policies import ANONYMOUS

event = EventPage.objects.get(slug="open-huis-thuis-in-twente")
starts = timezone.now().replace(second=0, microsecond=0) + timedelta(days=20)
date = Occurrence.objects.create(
    event=event,
    starts_at=starts,
    ends_at=starts + timedelta(hours=2),
    place="Hengelo",
    capacity=2,
    changed_at=starts,
    join_url="https://vergaderen.invalid/zaal",
)
names = ("Eerst", "Opnieuw", "Tweede", "Derde")
rows = [
    register(
        occurrence=date,
        registrant=Registrant(visitor=ANONYMOUS, name=f"{name} Verzonnen", email=f"{name.lower()}@example.org"),
        wish=Wish(),
        now=timezone.now(),
    )
    for name in names
]
for row in rows[:2]:
    end_registration(registration=row, now=timezone.now())
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
for row in rows[2:]:
    print(registration_url(row))
print(date.key)
print(Occurrence.objects.get(event__slug="netwerkdag-housing-first").key)
print(Occurrence.objects.filter(event__slug="training-eerste-gesprek").order_by("starts_at").last().key)
