"""No two care providers, and no two practices, share an address."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("network", "0003_fill_addresses_and_places")]

    operations = [
        migrations.AlterField(
            model_name=name,
            name="slug",
            field=models.SlugField(
                blank=True,
                help_text="Leeg: we maken het van de naam.",
                max_length=100,
                unique=True,
                verbose_name="adresdeel",
            ),
        )
        for name in ("careprovider", "practice")
    ]
