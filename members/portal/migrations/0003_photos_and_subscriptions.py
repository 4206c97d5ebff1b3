"""Pictures of members; and how often somebody is mailed becomes a choice for each topic."""

import django.db.models.deletion
from django.db import migrations, models

# What the one choice was about.
TOPICS = ("questions", "announcements", "knowledge", "documents")


def to_subscriptions(apps, schema_editor):
    Subscription = apps.get_model("notices.Subscription")
    for profile in apps.get_model("portal.Profile").objects.exclude(news="weekly"):
        for topic in TOPICS:
            Subscription.objects.update_or_create(
                user_id=profile.user_id, topic=topic, defaults={"frequency": profile.news}
            )


def to_one_choice(apps, schema_editor):
    Subscription = apps.get_model("notices.Subscription")
    for profile in apps.get_model("portal.Profile").objects.all():
        chosen = Subscription.objects.filter(user_id=profile.user_id, topic__in=TOPICS).first()
        if chosen is not None:
            profile.news = chosen.frequency
            profile.save(update_fields=["news"])


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0003_stored_files"),
        ("notices", "0001_initial"),
        ("portal", "0002_profiles_of_those_who_were_here"),
    ]

    operations = [
        migrations.RunPython(to_subscriptions, to_one_choice),
        migrations.RemoveField(model_name="profile", name="news"),
        migrations.AddField(
            model_name="profile",
            name="photo",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="profile",
                to="files.storedfile",
                verbose_name="foto",
            ),
        ),
    ]
