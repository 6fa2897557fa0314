import pytest

from loyalty.intake.fhir.dates import PartialDate
from loyalty.intake.fhir.errors import Outcome
from loyalty.intake.fhir.rows import Address, Identifier, PatientRow, Reach
from tests.intake.exports import Export, encounter, patient, read_lines

MR = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}


def read_one(folder, **fields) -> tuple[PatientRow, list[str]]:
    export = read_lines(folder, patient(**fields))
    (row,) = export.patients
    return row, export.reasons(Outcome.KEPT)


def refused(folder, **fields) -> tuple[Export, str]:
    export = read_lines(folder, patient(**fields), patient("other"))
    assert [row.id for row in export.patients] == ["other"]
    (reason,) = export.reasons()
    return export, reason


@pytest.mark.parametrize(
    ("written", "kept"),
    [("1980", PartialDate(1980)), ("1980-05", PartialDate(1980, 5)), ("1980-05-17", PartialDate(1980, 5, 17))],
)
def test_a_birth_date_keeps_as_much_as_is_known(tmp_path, written, kept):
    assert read_one(tmp_path, birthDate=written)[0].birth_date == kept


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("1980-02-30", 'birthDate "1980-02-30" is not in the calendar; left out'),
        ("2031", "birthDate 2031 is in the future; left out"),
        (1980, "birthDate is a number, not text; left out"),
    ],
)
def test_an_impossible_birth_date_is_left_out_and_the_patient_lands(tmp_path, written, reason):
    row, remarks = read_one(tmp_path, birthDate=written)
    assert (row.birth_date, remarks) == (None, [reason])


@pytest.mark.parametrize(
    ("fields", "deceased", "on"),
    [
        ({}, False, None),
        ({"deceasedBoolean": False}, False, None),
        ({"deceasedBoolean": True}, True, None),
        ({"deceasedDateTime": "1997-10-05T21:51:36+00:00"}, True, PartialDate(1997, 10, 5)),
        ({"deceasedDateTime": "1997"}, True, PartialDate(1997)),
        ({"deceasedDateTime": "the other day"}, True, None),
        ({"deceasedDateTime": 1997}, True, None),
        ({"deceasedDateTime": "1997", "birthDate": "1999-01-01"}, True, None),
    ],
)
def test_the_dead_are_never_taken_for_alive(tmp_path, fields, deceased, on):
    row, _ = read_one(tmp_path, **fields)
    assert (row.deceased, row.deceased_on) == (deceased, on)


def test_a_patient_of_whom_it_cannot_be_told_whether_they_live_is_refused(tmp_path):
    _, reason = refused(tmp_path, deceasedBoolean="yes")
    assert reason == "deceasedBoolean is text, so whether the patient lives is unknown; write true or false"


def test_a_record_number_keeps_its_leading_zeros(tmp_path):
    row, _ = read_one(tmp_path, identifier=[{"type": MR, "system": "urn:ehr", "value": "000417"}])
    assert (row.record_number, row.identifiers) == ("000417", (Identifier("urn:ehr", "000417"),))


@pytest.mark.parametrize(
    "identifier",
    [
        {"type": {"coding": [{"code": "SS"}]}, "system": "urn:x", "value": "999-22-1962"},
        {"type": {"coding": [{"code": "DL"}]}, "system": "urn:x", "value": "S99942380"},
        {"type": {"coding": [{"code": "PPN"}]}, "system": "urn:x", "value": "X45815551X"},
        {"system": "http://hl7.org/fhir/sid/us-ssn", "value": "999-22-1962"},
        {"type": MR, "use": "old", "system": "urn:x", "value": "1"},
        {"type": MR, "system": "urn:x", "value": "1", "period": {"end": "2020"}},
    ],
)
def test_government_and_former_numbers_are_not_taken(tmp_path, identifier):
    row, _ = read_one(tmp_path, identifier=[identifier])
    assert (row.record_number, row.identifiers) == ("", ())


@pytest.mark.parametrize(
    ("names", "given", "family", "preferred"),
    [
        ([{"family": "Lee", "given": ["Ann", "Mary"]}], "Ann Mary", "Lee", ""),
        ([{"use": "nickname", "given": ["Annie"]}, {"use": "official", "family": "Lee", "given": ["Ann"]}],
         "Ann", "Lee", "Annie"),
        ([{"use": "usual", "given": ["Billie"]}, {"use": "official", "family": "Lee", "given": ["Wilma"]}],
         "Wilma", "Lee", "Billie"),
        ([{"use": "usual", "given": ["Ann"]}, {"use": "official", "family": "Lee", "given": ["Ann"]}],
         "Ann", "Lee", ""),
        ([{"use": "maiden", "family": "Ito"}, {"use": "official", "family": "Lee"}], "", "Lee", ""),
        ([{"use": "maiden", "family": "Ito"}], "", "Ito", ""),
        ([{"use": "official", "family": "Ito", "period": {"end": "2001"}}, {"use": "usual", "family": "Lee"}],
         "", "Lee", ""),
        ([{"text": "Ann van der Lee"}], "Ann van der Lee", "", ""),
        ([{"family": "Smith67", "given": ["Abdul218"]}], "Abdul218", "Smith67", ""),
    ],
)  # fmt: skip
def test_the_name_on_paper_and_the_name_to_say(tmp_path, names, given, family, preferred):
    row, _ = read_one(tmp_path, name=names)
    assert (row.given_name, row.family_name, row.preferred_name) == (given, family, preferred)


@pytest.mark.parametrize(
    "name",
    [None, [], [{}], "Ann", [{"family": 7}], [{"family": "A\x00"}], [{"use": "official"}], [{"text": "\u200b\u2060"}]],
)
def test_a_patient_whom_nobody_could_call_is_refused(tmp_path, name):
    assert refused(tmp_path, name=name)[1].startswith("has no name that can be kept")


def test_a_nul_character_costs_its_field(tmp_path):
    row, remarks = read_one(tmp_path, address=[{"city": "Bos\x00ton", "state": "MA"}])
    assert row.address == Address(state="MA")
    assert remarks == ["address[0].city holds a NUL character (U+0000), which no database text can hold; left out"]


def test_numbers_and_emails_come_in_the_order_to_try_them(tmp_path):
    row, remarks = read_one(
        tmp_path,
        telecom=[
            {"system": "phone", "value": "555-0100", "use": "home"},
            {"system": "fax", "value": "555-0101"},
            {"system": "phone", "value": "tel:+1 555 0102", "use": "mobile", "rank": 1},
            {"system": "email", "value": "mailto:Ann@Example.com"},
            {"system": "email", "value": "ann@example.COM", "use": "work"},
            {"system": "phone", "value": "555-0103", "use": "old"},
            {"system": "phone", "value": "call me"},
            {"system": "email", "value": "nobody"},
            {"system": "phone", "value": "5550100"},
        ],
    )
    assert row.reaches == (
        Reach("phone", "+1 555 0102", "mobile", 1),
        Reach("phone", "555-0100", "home", 2),
        Reach("email", "Ann@Example.com", "", 1),
    )
    assert remarks == [
        "telecom[6].value is not a whole phone number; left out",
        "telecom[7].value is not an email address; left out",
    ]


def test_letters_go_to_the_current_postal_address(tmp_path):
    row, _ = read_one(
        tmp_path,
        address=[
            {"use": "old", "city": "Past"},
            {"use": "work", "city": "Office"},
            {"use": "home", "type": "physical", "city": "House"},
            {"use": "home", "type": "postal", "line": ["1 Elm St", "Apt 2"], "city": "Salem", "postalCode": "01940"},
        ],
    )
    assert row.address == Address(line="1 Elm St, Apt 2", city="Salem", postal_code="01940")


@pytest.mark.parametrize(
    ("communication", "language"),
    [
        ([{"language": {"coding": [{"code": "en-US"}]}}], "en-US"),
        (
            [{"language": {"coding": [{"code": "en"}]}}, {"language": {"coding": [{"code": "es"}]}, "preferred": True}],
            "es",
        ),
        ([{"language": {"text": "English"}}], ""),
        ([{"language": {"coding": [{"code": "<script>"}]}}], ""),
    ],
)
def test_the_preferred_language_is_kept_as_its_code(tmp_path, communication, language):
    assert read_one(tmp_path, communication=communication)[0].language == language


def test_gender_says_nothing_about_pronouns(tmp_path):
    assert read_one(tmp_path, gender="female")[0].pronouns == ""


def test_pronouns_are_kept_where_the_patient_gave_them(tmp_path):
    pronouns = {
        "url": "http://hl7.org/fhir/StructureDefinition/individual-pronouns",
        "extension": [{"url": "value", "valueCodeableConcept": {"text": "they/them"}}],
    }
    assert read_one(tmp_path, extension=[pronouns])[0].pronouns == "they/them"


def test_only_who_is_called_a_guardian_is_one(tmp_path):
    row, _ = read_one(
        tmp_path,
        contact=[
            {"relationship": [{"coding": [{"code": "MTH"}], "text": "Mother"}], "name": {"text": "Mia Lee"},
             "telecom": [{"system": "phone", "value": "555-0104"}]},
            {"relationship": [{"text": "Friend"}], "name": {"family": "Ray"}},
            {"relationship": [{"text": "Guardian"}]},
        ],
    )  # fmt: skip
    assert [(c.name, c.relation, c.is_guardian, c.phone) for c in row.contacts] == [
        ("Mia Lee", "Mother", True, "555-0104"),
        ("Ray", "Friend", False, ""),
    ]


@pytest.mark.parametrize(("id", "reason"), [(7, "id is a number, not text"), (None, "has no id"), ("", "has no id")])
def test_a_patient_without_an_id_is_refused(tmp_path, id, reason):
    assert refused(tmp_path, id=id)[1].startswith(reason)


def test_a_replaced_record_gives_way_and_its_visits_go_along(tmp_path):
    old = patient("old", link=[{"type": "replaced-by", "other": {"reference": "Patient/p1"}}])
    export = read_lines(tmp_path, old, patient("p1"), encounter(of="old"))
    assert [row.id for row in export.patients] == ["p1"]
    assert [visit.patient_id for visit in export.visits] == ["p1"]
    assert export.tally.of["Patient"].skipped == 1
