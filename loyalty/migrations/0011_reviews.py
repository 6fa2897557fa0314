"""Public reviews, asking for them without sight of a score, and testimonials.

What the database itself refuses: asking before the day after the visit, or on a day on which the patient comes;
a site that forbids asking and then does not; testimonials published past one that waits.
"""

import core.ids
import django.db.models.deletion
import loyalty.models.review
from django.db import migrations, models

SITE = """
CREATE FUNCTION review_site_policy_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.forbids_asking AND NOT NEW.forbids_asking THEN
        RAISE EXCEPTION 'a site that forbids asking goes on forbidding it'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'review_site_policy_stays';
    END IF;
    RETURN NEW;
END $$
"""
INVITATION = """
CREATE FUNCTION review_invitation_after_the_visit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM loyalty_visit AS visit
        WHERE visit.id = NEW.visit_id AND visit.patient_id = NEW.patient_id AND visit.status = 'completed'
            AND NOT visit.is_history AND visit.day < NEW.day
    ) OR EXISTS (
        SELECT FROM loyalty_visit AS visit
        WHERE visit.patient_id = NEW.patient_id AND visit.day = NEW.day
            AND visit.status NOT IN ('cancelled', 'no_show')
    ) THEN
        RAISE EXCEPTION 'a review is asked for on a later day than the visit, and on none with a visit'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'review_invitation_after_the_visit';
    END IF;
    RETURN NEW;
END $$
"""
TESTIMONIAL = """
CREATE FUNCTION testimonials_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM loyalty_testimonial AS waiting JOIN loyalty_testimonial AS published
            ON published.place > waiting.place
        WHERE waiting.published_at IS NULL AND waiting.taken_down_at IS NULL AND published.published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'testimonials are published in the order in which they were agreed to'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'testimonials_in_order';
    END IF;
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('loyalty', '0010_playbook_and_calls'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReviewAsking',
            fields=[
                ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('is_on', models.BooleanField(default=False)),
                ('every_days', models.PositiveSmallIntegerField(default=180)),
                ('share', models.PositiveSmallIntegerField(default=100)),
                ('after_days', models.PositiveSmallIntegerField(default=2)),
                ('salt', models.CharField(default=loyalty.models.review._salt, editable=False, max_length=64)),
                ('only', models.BooleanField(default=True, editable=False, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='ReviewImport',
            fields=[
                ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('made_at', models.DateTimeField()),
                ('by_person_id', models.UUIDField(blank=True, null=True)),
                ('brought', models.PositiveIntegerField(help_text='Reviews that it brought.')),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReviewInvitation',
            fields=[
                ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('day', models.DateField(help_text="In the location's time zone.")),
                ('drawn_at', models.DateTimeField()),
                ('drawn', models.BooleanField()),
                ('channel', models.CharField(choices=[('call', 'Call'), ('text', 'Text message'), ('email', 'Email'), ('letter', 'Letter')], max_length=10)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Testimonial',
            fields=[
                ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('words', models.TextField()),
                ('rating', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('said_on', models.DateField()),
                ('shown_as', models.CharField(choices=[('first_name', 'First name'), ('initials', 'Initials'), ('anonymous', 'No name')], max_length=10)),
                ('shown_name', models.CharField(blank=True, max_length=60)),
                ('insider', models.CharField(choices=[('none', 'Neither'), ('staff', 'Works here'), ('relative', 'Family or friend of somebody who works here'), ('given', 'Got something free or cheaper')], max_length=8)),
                ('place', models.PositiveIntegerField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('taken_down_at', models.DateTimeField(blank=True, null=True)),
                ('taken_down_because', models.CharField(blank=True, choices=[('withdrawn', 'The patient withdrew their consent'), ('names_somebody', 'They name or describe another person'), ('unlawful', 'They are unlawful, abusive or a threat'), ('not_theirs', 'They were not written by this patient'), ('twice', 'The same words are published already')], max_length=14)),
                ('taken_down_by_person_id', models.UUIDField(blank=True, null=True)),
            ],
        ),
        migrations.AlterModelOptions(
            name='reviewsite',
            options={'ordering': ['name']},
        ),
        migrations.RemoveConstraint(
            model_name='consent',
            name='consent_purpose_known',
        ),
        migrations.RemoveConstraint(
            model_name='message',
            name='message_purpose_known',
        ),
        migrations.RemoveConstraint(
            model_name='messagetemplate',
            name='template_kind_known',
        ),
        migrations.AddField(
            model_name='review',
            name='matched_by_person_id',
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='reviewsite',
            name='forbids_asking',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='reviewsite',
            name='own_url',
            field=models.URLField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='reviewsite',
            name='policy',
            field=models.CharField(blank=True, max_length=400),
        ),
        migrations.AlterField(
            model_name='consent',
            name='purpose',
            field=models.CharField(choices=[('visits', 'About my visits'), ('feedback', 'Asking how it was'), ('marketing', 'News and offers'), ('reviews', 'Asking for a public review'), ('testimonial', 'Publishing my words')], max_length=12),
        ),
        migrations.AlterField(
            model_name='message',
            name='purpose',
            field=models.CharField(choices=[('visits', 'About my visits'), ('feedback', 'Asking how it was'), ('marketing', 'News and offers'), ('reviews', 'Asking for a public review'), ('testimonial', 'Publishing my words')], max_length=12),
        ),
        migrations.AlterField(
            model_name='messagetemplate',
            name='kind',
            field=models.CharField(choices=[('confirmation', 'Visit is booked'), ('preview', 'What to expect'), ('feedback', 'How was it'), ('review', 'Asking for a public review'), ('news', 'News of the practice')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['visits', 'feedback', 'marketing', 'reviews', 'testimonial'])), name='consent_purpose_known'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['visits', 'feedback', 'marketing', 'reviews', 'testimonial'])), name='message_purpose_known'),
        ),
        migrations.AddConstraint(
            model_name='messagetemplate',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['confirmation', 'preview', 'feedback', 'review', 'news'])), name='template_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='reviewsite',
            constraint=models.CheckConstraint(condition=models.Q(('forbids_asking', False), ('asking_allowed', False), _connector='OR'), name='review_site_obeys_its_policy'),
        ),
        migrations.AddConstraint(
            model_name='reviewsite',
            constraint=models.CheckConstraint(condition=models.Q(('asking_allowed', False), models.Q(models.Q(('name__iregex', 'yelp'), _negated=True), models.Q(('url__iregex', 'yelp'), _negated=True), models.Q(('own_url__iregex', 'yelp'), _negated=True)), _connector='OR'), name='review_site_yelp_is_never_asked_for'),
        ),
        migrations.AddConstraint(
            model_name='reviewsite',
            constraint=models.CheckConstraint(condition=models.Q(('asking_allowed', False), models.Q(('own_url', ''), _negated=True), _connector='OR'), name='review_site_asked_for_has_a_page'),
        ),
        migrations.AddConstraint(
            model_name='reviewasking',
            constraint=models.CheckConstraint(condition=models.Q(('only', True)), name='review_asking_only_one'),
        ),
        migrations.AddConstraint(
            model_name='reviewasking',
            constraint=models.CheckConstraint(condition=models.Q(('share__range', (1, 100))), name='review_asking_share'),
        ),
        migrations.AddConstraint(
            model_name='reviewasking',
            constraint=models.CheckConstraint(condition=models.Q(('every_days__range', (90, 730))), name='review_asking_every_days'),
        ),
        migrations.AddConstraint(
            model_name='reviewasking',
            constraint=models.CheckConstraint(condition=models.Q(('after_days__range', (1, 7))), name='review_asking_after_days'),
        ),
        migrations.AddConstraint(
            model_name='reviewasking',
            constraint=models.CheckConstraint(condition=models.Q(('salt', ''), _negated=True), name='review_asking_salted'),
        ),
        migrations.AddField(
            model_name='review',
            name='brought_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reviews', to='loyalty.reviewimport'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['-posted_on', '-id'], name='review_newest'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('rating__isnull', False), models.Q(('text', ''), _negated=True), _connector='OR'), name='review_says_something'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('replied_at__isnull', True), models.Q(('reply', ''), _negated=True), _connector='OR'), name='review_posted_reply_has_words'),
        ),
        migrations.AddField(
            model_name='reviewinvitation',
            name='message',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='review_invitation', to='loyalty.message'),
        ),
        migrations.AddField(
            model_name='reviewinvitation',
            name='patient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_invitations', to='loyalty.patient'),
        ),
        migrations.AddField(
            model_name='reviewinvitation',
            name='visit',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='loyalty.visit'),
        ),
        migrations.AddField(
            model_name='testimonial',
            name='consent',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='testimonial', to='loyalty.consent'),
        ),
        migrations.AddField(
            model_name='testimonial',
            name='feedback',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='testimonial', to='loyalty.feedback'),
        ),
        migrations.AddField(
            model_name='testimonial',
            name='patient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='testimonials', to='loyalty.patient'),
        ),
        migrations.AddIndex(
            model_name='reviewinvitation',
            index=models.Index(fields=['patient', '-day'], name='review_invitation_by_patient'),
        ),
        migrations.AddIndex(
            model_name='reviewinvitation',
            index=models.Index(fields=['day'], name='review_invitation_by_day'),
        ),
        migrations.AddConstraint(
            model_name='reviewinvitation',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['text', 'email'])), name='review_invitation_channel'),
        ),
        migrations.AddConstraint(
            model_name='reviewinvitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('drawn', True), ('message__isnull', False)), models.Q(('drawn', False), ('message__isnull', True)), _connector='OR'), name='review_invitation_asked_by_message'),
        ),
        migrations.AddConstraint(
            model_name='reviewinvitation',
            constraint=models.CheckConstraint(condition=models.Q(('opened_at__isnull', True), ('drawn', True), _connector='OR'), name='review_invitation_opened_by_who_was_asked'),
        ),
        migrations.AddConstraint(
            model_name='testimonial',
            constraint=models.CheckConstraint(condition=models.Q(('shown_as__in', ['first_name', 'initials', 'anonymous'])), name='testimonial_shown_as_known'),
        ),
        migrations.AddConstraint(
            model_name='testimonial',
            constraint=models.CheckConstraint(condition=models.Q(('insider__in', ['none', 'staff', 'relative', 'given'])), name='testimonial_insider_known'),
        ),
        migrations.AddConstraint(
            model_name='testimonial',
            constraint=models.CheckConstraint(condition=models.Q(('taken_down_because__in', ['', 'withdrawn', 'names_somebody', 'unlawful', 'not_theirs', 'twice'])), name='testimonial_taken_down_because_known'),
        ),
        migrations.AddConstraint(
            model_name='testimonial',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='testimonial_has_words'),
        ),
        migrations.AddConstraint(
            model_name='testimonial',
            constraint=models.CheckConstraint(condition=models.Q(('rating__isnull', True), ('rating__range', (0, 10)), _connector='OR'), name='testimonial_rating_range'),
        ),
        migrations.AddConstraint(
            model_name='testimonial',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('shown_as', 'anonymous'), ('shown_name', '')), models.Q(models.Q(('shown_as', 'anonymous'), _negated=True), models.Q(('shown_name', ''), _negated=True)), _connector='OR'), name='testimonial_named_as_chosen'),
        ),
        migrations.AddConstraint(
            model_name='testimonial',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('taken_down_at__isnull', True), ('taken_down_because', '')), models.Q(('taken_down_at__isnull', False), models.Q(('taken_down_because', ''), _negated=True)), _connector='OR'), name='testimonial_down_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='testimonial',
            constraint=models.UniqueConstraint(fields=('place',), name='testimonial_one_place'),
        ),
        migrations.RunSQL(
            [
                SITE,
                "CREATE TRIGGER review_site_policy_stays BEFORE UPDATE ON loyalty_reviewsite"
                " FOR EACH ROW EXECUTE FUNCTION review_site_policy_stays()",
            ],
            [
                "DROP TRIGGER review_site_policy_stays ON loyalty_reviewsite",
                "DROP FUNCTION review_site_policy_stays()",
            ],
        ),
        migrations.RunSQL(
            [
                INVITATION,
                "CREATE TRIGGER review_invitation_after_the_visit BEFORE INSERT ON loyalty_reviewinvitation"
                " FOR EACH ROW EXECUTE FUNCTION review_invitation_after_the_visit()",
            ],
            [
                "DROP TRIGGER review_invitation_after_the_visit ON loyalty_reviewinvitation",
                "DROP FUNCTION review_invitation_after_the_visit()",
            ],
        ),
        migrations.RunSQL(
            [
                TESTIMONIAL,
                "CREATE TRIGGER testimonials_in_order AFTER INSERT OR UPDATE ON loyalty_testimonial"
                " FOR EACH STATEMENT EXECUTE FUNCTION testimonials_in_order()",
            ],
            [
                "DROP TRIGGER testimonials_in_order ON loyalty_testimonial",
                "DROP FUNCTION testimonials_in_order()",
            ],
        ),
    ]
