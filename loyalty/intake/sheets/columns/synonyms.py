"""What other systems call what we know: names of columns in lower case, letters and digits only."""

from loyalty.models import ImportKind


def _by_name(words: dict[str, str]) -> dict[str, str]:
    """Field → names, turned round. Raises ValueError for a name of two fields."""
    found: dict[str, str] = {}
    for field, names in words.items():
        for name in names.split():
            if found.setdefault(name, field) != field:
                raise ValueError(name)
    return found


_WHO = {
    "record_number": "recordnumber recordno chartnumber chartno chart chartid mrn medicalrecordnumber"
    " medicalrecordno patientnumber patientno fileno filenumber accountnumber",
    "given_name": "firstname givenname first fname forename clientfirstname patientfirstname customerfirstname given",
    "family_name": "lastname familyname surname last lname clientlastname patientlastname customerlastname family",
    "full_name": "name fullname clientname patientname customername client patient customer clientfullname"
    " patientfullname displayname",
}
_EMAIL = "email emailaddress mail emailid primaryemail emailaddress1 email1 clientemail customeremail patientemail"

PATIENTS = _by_name(
    {
        **_WHO,
        "external_id": "id clientid patientid customerid guestid clientuniqueid memberid personid uniqueid externalid"
        " customertoken referenceid contactid",
        "preferred_name": "preferredname nickname nick goesby preferredfirstname knownas",
        "pronouns": "pronouns pronoun preferredpronouns",
        "birth_date": "birthdate birthday dob dateofbirth born birthdatetime bday birthdaydate",
        "mobile_phone": "mobile mobilephone cell cellphone cellular mobilenumber cellnumber mobilephonenumber"
        " cellphonenumber smsnumber textnumber",
        "home_phone": "homephone homenumber homephonenumber nightphone eveningphone",
        "work_phone": "workphone worknumber businessphone workphonenumber dayphone daytimephone officephone",
        "phone": "phone phonenumber telephone tel contactnumber primaryphone phone1 phone2 otherphone secondaryphone"
        " alternatephone mainphone clientphone customerphone patientphone",
        "email": f"{_EMAIL} secondaryemail email2 alternateemail",
        "address": "address address1 addressline1 street streetaddress street1 streetaddress1 homeaddress"
        " mailingaddress line1 streetline1",
        "address_2": "address2 addressline2 street2 streetaddress2 apt unit suite line2 streetline2",
        "city": "city town locality suburb",
        "state": "state province region stateprovince stateregion stateprovinceregion",
        "postal_code": "zip zipcode postalcode postcode postal zippostalcode zippostal",
        "country": "country countryregion",
        "language": "language preferredlanguage spokenlanguage",
        "patient_since": "clientsince patientsince customersince membersince firstvisit firstvisitdate"
        " firstappointment firstappointmentdatetime firstappointmentdate",
        "deceased_on": "deathdate dateofdeath deceasedon deceaseddate died",
        "note": "notes note clientnotes patientnotes customernotes comments comment memo clientnote patientnote",
    }
)
VISITS = _by_name(
    {
        **_WHO,
        "visit_id": "id appointmentid visitid bookingid appointmentreference bookingreference appointmentno"
        " appointmentnumber appointmentref encounterid reservationid transactionid",
        "external_id": "clientid patientid customerid guestid clientuniqueid",
        "phone": "phone phonenumber mobile mobilephone cell cellphone telephone clientphone patientphone customerphone"
        " homephone workphone",
        "email": _EMAIL,
        "starts_at": "starttime start startdatetime startsat appointmentstart begin beginsat appointmentdatetime"
        " datetime scheduledfor startdateandtime appointmenttimestamp",
        "day": "date day appointmentdate visitdate dateofservice servicedate scheduleddate startdate bookingdate"
        " checkoutdate dos",
        "clock": "time appointmenttime visittime scheduledtime timeofday starthour",
        "ends_at": "endtime end stop enddatetime endsat appointmentend",
        "minutes": "duration minutes length durationmin durationminutes lengthminutes",
        "status": "status appointmentstatus visitstatus bookingstatus state appointmentstate",
        "service": "service services treatment treatments servicename treatmentname appointmenttype visittype"
        " procedure proceduretype servicetype class",
        "staff": "staff staffname provider providername employee employeename practitioner therapist doctor"
        " stylist teammember staffmember esthetician injector technician clinician",
        "location": "location locationname site branch office clinic store",
        "booked_at": "datescheduled bookedon bookedat createdat createddate datecreated bookeddate creationdate"
        " creationdatetime datebooked",
    }
)
NAMES: dict[str, dict[str, str]] = {ImportKind.PATIENTS: PATIENTS, ImportKind.VISITS: VISITS}

# Agreements to be written to. A file does not say to what, and in which words: they are not taken from it.
CONSENTS = frozenset(
    [
        "optin",
        "optedin",
        "emailoptin",
        "smsoptin",
        "textoptin",
        "marketing",
        "marketingconsent",
        "emailconsent",
        "smsconsent",
        "subscribed",
        "emailsubscriptionstatus",
        "smssubscriptionstatus",
        "sendpromotionalemails",
        "sendpromotionaltexts",
        "sendaccountemails",
        "sendaccounttexts",
        "acceptsmarketing",
        "emailmarketing",
        "smsmarketing",
        "consent",
        "newsletter",
        "receivesmarketing",
        "marketingemails",
        "marketingtexts",
        "textmarketing",
        "allowemail",
        "allowsms",
        "allowtext",
    ]
)
# Never kept here, whoever sends it.
NEVER = frozenset(
    [
        "ssn",
        "socialsecuritynumber",
        "socialsecurity",
        "socialsecurityno",
        "drivers",
        "driverslicense",
        "driverlicense",
        "driverslicensenumber",
        "passport",
        "passportnumber",
        "cardbrand",
        "pansuffix",
        "card",
        "cardnumber",
        "creditcard",
        "creditcardnumber",
        "cardentrymethods",
        "password",
        "race",
        "ethnicity",
        "insuranceid",
        "policynumber",
        "memberpolicy",
    ]
)
