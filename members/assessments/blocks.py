"""How an administrator writes an instrument in the editors' admin."""

from decimal import Decimal

from django.core.validators import MinValueValidator, RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

CODE = RegexValidator(r"^[A-Za-z0-9?][A-Za-z0-9.-]*$", _("Gebruik letters, cijfers, punten en streepjes."))
LISTED = _("Codes met komma's ertussen.")


def code_block() -> blocks.CharBlock:
    """Return a field for a short name that never changes and that answers refer to."""
    return blocks.CharBlock(label=_("code"), max_length=20, validators=[CODE])


def text_block(label: object, *, required: bool = True, lines: int = 2) -> blocks.TextBlock:
    """Return a field for a few sentences."""
    return blocks.TextBlock(label=label, required=required, rows=lines)


def weight_block() -> blocks.DecimalBlock:
    """Return a field for how much something counts; never less than nothing."""
    return blocks.DecimalBlock(label=_("gewicht"), default=Decimal(1), validators=[MinValueValidator(0)])


class LabelBlock(blocks.StructBlock):
    """A code with its name: a role, a principle or a value of the scale."""

    code = code_block()
    label = blocks.CharBlock(label=_("naam"), max_length=160)


class BandBlock(blocks.StructBlock):
    """A name for a stretch of the scale."""

    code = code_block()
    label = blocks.CharBlock(label=_("naam"), max_length=80)
    lowest = blocks.DecimalBlock(label=_("van"), max_digits=4, decimal_places=2)
    highest = blocks.DecimalBlock(label=_("tot en met"), max_digits=4, decimal_places=2)


class ProfileQuestionBlock(blocks.StructBlock):
    """A question about the practice, before the others."""

    code = code_block()
    text = text_block(_("vraag"))
    kind = blocks.ChoiceBlock(
        label=_("soort"),
        choices=[
            ("single_choice", _("één antwoord kiezen")),
            ("multiple_choice", _("meer antwoorden kiezen")),
            ("integer", _("een heel getal")),
        ],
    )
    is_required = blocks.BooleanBlock(label=_("verplicht"), required=False, default=True)
    options = blocks.ListBlock(LabelBlock(), label=_("antwoorden"), default=[])
    lowest = blocks.IntegerBlock(label=_("minimaal"), required=False)
    highest = blocks.IntegerBlock(label=_("maximaal"), required=False)


class OptionBlock(blocks.StructBlock):
    """One answer; with scores the code is the value."""

    code = code_block()
    text = text_block(_("antwoord, helemaal uitgeschreven"), lines=1)


class ItemBlock(blocks.StructBlock):
    """One question with its answers."""

    code = code_block()
    text = text_block(_("vraag"))
    help = text_block(_("uitleg"), required=False)
    evidence = text_block(_("waar zie je dat aan?"), required=False)
    principles = blocks.CharBlock(label=_("uitgangspunten"), required=False, help_text=LISTED)
    themes = blocks.CharBlock(label=_("onderwerpen"), required=False, help_text=LISTED)
    weight = weight_block()
    na_allowed = blocks.BooleanBlock(label=_("“niet van toepassing” mag"), required=False)
    relevant_question = blocks.CharBlock(
        label=_("alleen vragen bij"), required=False, help_text=_("De code van een vraag over de praktijk.")
    )
    relevant_codes = blocks.CharBlock(label=_("als het antwoord is"), required=False, help_text=LISTED)
    is_required = blocks.BooleanBlock(label=_("hoort in elk gesprek"), required=False, default=True)
    is_starred = blocks.BooleanBlock(label=_("uitlichten"), required=False)
    options = blocks.ListBlock(OptionBlock(), label=_("antwoorden"))

    class Meta:
        collapsed = True
        label_format = "{code} {text}"


class SectionBlock(blocks.StructBlock):
    """A domain."""

    code = code_block()
    title = blocks.CharBlock(label=_("titel"), max_length=160)
    intro = text_block(_("inleiding"), required=False)
    weight = weight_block()
    items = blocks.ListBlock(ItemBlock(), label=_("vragen"))

    class Meta:
        label_format = "{code} {title}"


class ItemLinkBlock(blocks.StructBlock):
    """Which question of the version before became which one here."""

    old = code_block()
    new = code_block()
    equivalence = blocks.ChoiceBlock(
        label=_("wat veranderde er?"),
        choices=[
            ("editorial", _("alleen de woorden: cijfers blijven vergelijkbaar")),
            ("substantive", _("de betekenis: cijfers zijn niet vergelijkbaar")),
        ],
    )
