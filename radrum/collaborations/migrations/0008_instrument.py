"""Answers hang on attributes and an assessment on an instrument; old answers and their history come along.

Forwards, an answer to the first set of prompts becomes an answer to the attribute that asks the same. About
a partner it becomes one answer for each partner of the plan, for the old prompt asked of them together; in the
history it stays one row without a partner. An answer to another prompt is kept under `earlier.…`.
Backwards, answers that the first set has no prompt for are dropped, and of several partners the first counts.
The prompts themselves were removed with their table; backwards they come again with the instrument's texts.
"""

import json

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from radrum.guidance import catalogue, instruments
from radrum.guidance.load import digest

INSTRUMENT = "01-research-cooperation"
# The first set's key, the attribute that asks the same, and what the first set said of the prompt.
SAME = (
    ("benefit-gain", "plan.benefit", "D5.5", "text", "benefit"),
    ("benefit-loss", "plan.loss", "D5.5", "text", "benefit"),
    ("unpublished", "plan.unpublished", "D2.1", "ynu", "opens"),
    ("other-use", "tech.military_use", "D2.2", "ynu", "opens"),
    ("export-control", "export.controlled", "D1.3", "ynu", "law_first"),
    ("sanctions", "sanction.touch", "D1.2", "ynu", "law_first"),
    ("partner-known", "partner.known", "D4.1", "ynu", "lowers_concern"),
    ("partner-steered", "partner.state", "D4.2", "ynu", "opens"),
    ("hand-over", "context.compel", "D3.1", "ynu", "opens"),
    ("partner-people", "context.people_risk", "D3.2", "ynu", "opens"),
    ("agreement", "design.ownership", "D5.1", "ynu", "lowers_concern"),
    ("dependence", "design.depend", "D5.2", "ynu", "opens"),
    ("personal-data", "data.third", "D5.4", "ynu", "law_first"),
    ("home-routine", "plan.home_review", "D2.2", "ynu", "lowers_concern"),
)
PER_PARTNER = tuple(attribute for _key, attribute, *_rest in SAME if attribute.startswith(("partner.", "context.")))
SETTLE = "SET CONSTRAINTS ALL IMMEDIATE"  # else PostgreSQL will not alter a table whose rows have just changed
OF_ASSESSMENT = "EXISTS (SELECT 1 FROM collaborations_assessment a WHERE a.id = assessment_id)"
# An answer goes with the partner it is about; its history stays.
REMOVABLE = f"ALTER POLICY collaborations_answer_delete ON collaborations_answer USING (app_system() OR ({OF_ASSESSMENT}))"
STAYS = "ALTER POLICY collaborations_answer_delete ON collaborations_answer USING (app_system() OR (false))"


def _instrument(cursor):
    """The instrument that old assessments are pinned to; made from the shipped files if none is loaded yet."""
    cursor.execute("SELECT id FROM guidance_instrument WHERE key = %s ORDER BY id LIMIT 1", [INSTRUMENT])
    if row := cursor.fetchone():
        return row[0]
    attributes, documents = instruments.shipped()
    document = next(one for one in documents if one["id"] == INSTRUMENT)
    ids = [_vocabulary(cursor, *each) for each in (("attributes", attributes), ("catalogue", catalogue.shipped()))]
    cursor.execute("SELECT id FROM guidance_edition ORDER BY in_force_from DESC, id DESC LIMIT 1")
    edition = cursor.fetchone()[0]
    columns = [document[name] for name in ("title_sv", "title_en", "purpose_sv", "purpose_en", "minutes")]
    cursor.execute(
        "INSERT INTO guidance_instrument (key, version, edition_id, attributes_id, catalogue_id, status, title_sv, "
        "title_en, purpose_sv, purpose_en, minutes, document, digest, in_force_from) "
        "VALUES (%s, %s, %s, %s, %s, 'in_force', %s, %s, %s, %s, %s, %s, %s, current_date) RETURNING id",
        [INSTRUMENT, document["version"], edition, *ids, *columns, json.dumps(document), digest(document)],
    )
    return cursor.fetchone()[0]


def _vocabulary(cursor, kind, document):
    cursor.execute(
        "INSERT INTO guidance_vocabulary (kind, version, document, digest, added_at) "
        "VALUES (%s, %s, %s, %s, now()) RETURNING id",
        [kind, document["version"], json.dumps(document), digest(document)],
    )
    return cursor.fetchone()[0]


def forwards(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM collaborations_assessmentevent)")
        seen = cursor.fetchone()[0]
        cursor.execute("SELECT EXISTS (SELECT 1 FROM collaborations_assessment)")
        if not (seen or cursor.fetchone()[0]):
            return
        pinned = _instrument(cursor)
        for table in ("assessment", "assessmentevent"):
            cursor.execute(f"UPDATE collaborations_{table} SET instrument_id = %s", [pinned])
        for table in ("answer", "answerevent"):
            cursor.execute(
                f"UPDATE collaborations_{table} a SET attribute = 'earlier.' || replace(p.key, '-', '_'), chosen = "
                "CASE WHEN a.value = '' THEN '[]'::jsonb ELSE jsonb_build_array(a.value) END "
                "FROM guidance_prompt p WHERE p.id = a.prompt_id"
            )
            for key, attribute, *_rest in SAME:
                cursor.execute(
                    f"UPDATE collaborations_{table} a SET attribute = %s FROM guidance_prompt p "
                    "WHERE p.id = a.prompt_id AND p.key = %s",
                    [attribute, key],
                )
        cursor.execute(
            "UPDATE collaborations_answer a SET saved_in = s.version FROM collaborations_assessment s "
            "WHERE s.id = a.assessment_id"
        )
        _for_each_partner(cursor)


def _for_each_partner(cursor):
    cursor.execute(
        "UPDATE collaborations_answer a SET partner_id = (SELECT q.id FROM collaborations_partner q "
        'WHERE q.collaboration_id = s.collaboration_id ORDER BY q."order", q.id LIMIT 1) '
        "FROM collaborations_assessment s WHERE s.id = a.assessment_id AND a.attribute = ANY(%s)",
        [list(PER_PARTNER)],
    )
    cursor.execute(
        "INSERT INTO collaborations_answer (assessment_id, attribute, partner_id, chosen, text, saved_in, prompt_id, value) "
        "SELECT a.assessment_id, a.attribute, q.id, a.chosen, a.text, a.saved_in, a.prompt_id, a.value "
        "FROM collaborations_answer a JOIN collaborations_assessment s ON s.id = a.assessment_id "
        "JOIN collaborations_partner q ON q.collaboration_id = s.collaboration_id AND q.id <> a.partner_id "
        "WHERE a.attribute = ANY(%s)",
        [list(PER_PARTNER)],
    )


def backwards(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for table in ("assessment", "assessmentevent"):
            cursor.execute(
                f"UPDATE collaborations_{table} a SET edition_id = i.edition_id "
                "FROM guidance_instrument i WHERE i.id = a.instrument_id"
            )
        cursor.execute("SELECT DISTINCT edition_id FROM collaborations_assessmentevent")
        for (edition,) in cursor.fetchall():
            _prompts(cursor, edition)
        for table, of in (("answer", "assessment"), ("answerevent", "assessmentevent")):
            key = "s.id" if table == "answer" else "s.pgh_obj_id"
            for name, attribute, *_rest in SAME:
                cursor.execute(
                    f"UPDATE collaborations_{table} a SET prompt_id = p.id, value = coalesce(a.chosen->>0, '') "
                    f"FROM guidance_prompt p, collaborations_{of} s WHERE {key} = a.assessment_id "
                    "AND p.edition_id = s.edition_id AND p.key = %s AND a.attribute = %s",
                    [name, attribute],
                )
            cursor.execute(f"DELETE FROM collaborations_{table} WHERE prompt_id IS NULL")
        cursor.execute(
            "DELETE FROM collaborations_answer a USING collaborations_answer b, collaborations_partner p, "
            "collaborations_partner q WHERE a.assessment_id = b.assessment_id AND a.prompt_id = b.prompt_id "
            'AND p.id = a.partner_id AND q.id = b.partner_id AND (q."order", q.id) < (p."order", p.id)'
        )


def _prompts(cursor, edition):
    """The first set's prompts again, with the texts of the instrument."""
    cursor.execute("SELECT document FROM guidance_instrument WHERE key = %s ORDER BY id LIMIT 1", [INSTRUMENT])
    row = cursor.fetchone()
    document = row[0] if row and isinstance(row[0], dict) else json.loads(row[0])
    by_attribute = {prompt["attribute"]: prompt for prompt in document["prompts"]}
    for order, (key, attribute, aspect, kind, effect) in enumerate(SAME, start=1):
        prompt = by_attribute[attribute]
        cursor.execute(
            "INSERT INTO guidance_prompt (edition_id, aspect_id, key, \"order\", kind, effect, minutes, text_sv, text_en, "
            "why_sv, why_en, help_sv, help_en, design_sv, design_en, risk_sv, risk_en, source) "
            "SELECT %s, a.id, %s, %s, %s, %s, 1, %s, %s, %s, %s, '', '', '', '', '', '', e.key "
            "FROM guidance_aspect a JOIN guidance_dimension d ON d.id = a.dimension_id "
            "JOIN guidance_edition e ON e.id = d.edition_id WHERE e.id = %s AND a.key = %s "
            "ON CONFLICT DO NOTHING",
            [edition, key, order, kind, effect, prompt["text_sv"], prompt["text_en"], prompt["why_sv"],
             prompt["why_en"], edition, aspect],
        )


class Migration(migrations.Migration):
    dependencies = [
        ("collaborations", "0007_screening_rows"),
        ("guidance", "0004_frozen"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='answer',
            options={'base_manager_name': 'unguarded', 'default_manager_name': 'closed', 'ordering': ['pk']},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='answer',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='answer',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='answer',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assessment',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assessment',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assessment',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='answer',
            name='one_answer_per_prompt',
        ),
        migrations.AddField(
            model_name='answer',
            name='attribute',
            field=models.CharField(default='', max_length=60),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='answer',
            name='chosen',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='answer',
            name='partner',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='collaborations.partner'),
        ),
        migrations.AddField(
            model_name='answer',
            name='saved_in',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='answerevent',
            name='attribute',
            field=models.CharField(default='', max_length=60),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='answerevent',
            name='chosen',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='answerevent',
            name='partner',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='collaborations.partner'),
        ),
        migrations.AddField(
            model_name='answerevent',
            name='saved_in',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='assessment',
            name='instrument',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.instrument'),
        ),
        migrations.AddField(
            model_name='assessmentevent',
            name='instrument',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='guidance.instrument'),
        ),
        migrations.AlterField(
            model_name='answer',
            name='prompt',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.prompt'),
        ),
        migrations.AlterField(
            model_name='answerevent',
            name='prompt',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='guidance.prompt'),
        ),
        migrations.AlterField(
            model_name='assessment',
            name='edition',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.edition'),
        ),
        migrations.AlterField(
            model_name='assessmentevent',
            name='edition',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='guidance.edition'),
        ),
        migrations.RunSQL(SETTLE, SETTLE),
        migrations.RunPython(forwards, backwards),
        migrations.RunSQL(SETTLE, SETTLE),
        migrations.AlterField(
            model_name='assessment',
            name='instrument',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.instrument'),
        ),
        migrations.AlterField(
            model_name='assessmentevent',
            name='instrument',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='guidance.instrument'),
        ),
        migrations.RemoveField(
            model_name='answer',
            name='prompt',
        ),
        migrations.RemoveField(
            model_name='answer',
            name='value',
        ),
        migrations.RemoveField(
            model_name='answerevent',
            name='prompt',
        ),
        migrations.RemoveField(
            model_name='answerevent',
            name='value',
        ),
        migrations.RemoveField(
            model_name='assessment',
            name='edition',
        ),
        migrations.RemoveField(
            model_name='assessmentevent',
            name='edition',
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('assessment', 'attribute', 'partner'), name='one_answer_per_attribute', nulls_distinct=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "collaborations_answerevent" ("assessment_id", "attribute", "chosen", "id", "partner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_in", "text") VALUES (NEW."assessment_id", NEW."attribute", NEW."chosen", NEW."id", NEW."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."saved_in", NEW."text"); RETURN NULL;', hash='6186e27d1dce0f5a6fec12a9c779d0779a27f14f', operation='INSERT', pgid='pgtrigger_insert_insert_27094', table='collaborations_answer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "collaborations_answerevent" ("assessment_id", "attribute", "chosen", "id", "partner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_in", "text") VALUES (NEW."assessment_id", NEW."attribute", NEW."chosen", NEW."id", NEW."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."saved_in", NEW."text"); RETURN NULL;', hash='ef3bdfbbffc25d45ca8efae83781602293c30739', operation='UPDATE', pgid='pgtrigger_update_update_92477', table='collaborations_answer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "collaborations_answerevent" ("assessment_id", "attribute", "chosen", "id", "partner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_in", "text") VALUES (OLD."assessment_id", OLD."attribute", OLD."chosen", OLD."id", OLD."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."saved_in", OLD."text"); RETURN NULL;', hash='2ded62c454f3e1f32c099164c75de5147d2e49a7', operation='DELETE', pgid='pgtrigger_delete_delete_fc64b', table='collaborations_answer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "collaborations_assessmentevent" ("changed_at", "changed_by_id", "collaboration_id", "finished_at", "id", "instrument_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "version") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."collaboration_id", NEW."finished_at", NEW."id", NEW."instrument_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."started_at", NEW."version"); RETURN NULL;', hash='ad6df0dde408ef81497b304b1abea023086a321f', operation='INSERT', pgid='pgtrigger_insert_insert_26f84', table='collaborations_assessment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "collaborations_assessmentevent" ("changed_at", "changed_by_id", "collaboration_id", "finished_at", "id", "instrument_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "version") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."collaboration_id", NEW."finished_at", NEW."id", NEW."instrument_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."started_at", NEW."version"); RETURN NULL;', hash='8e2122102d2f082db5c80828e646b2e540d41453', operation='UPDATE', pgid='pgtrigger_update_update_c1157', table='collaborations_assessment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "collaborations_assessmentevent" ("changed_at", "changed_by_id", "collaboration_id", "finished_at", "id", "instrument_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "version") VALUES (OLD."changed_at", OLD."changed_by_id", OLD."collaboration_id", OLD."finished_at", OLD."id", OLD."instrument_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."started_at", OLD."version"); RETURN NULL;', hash='636e4961d2ae6618b6a120fe5eef5d2febb8b63c', operation='DELETE', pgid='pgtrigger_delete_delete_f4143', table='collaborations_assessment', when='AFTER')),
        ),
        migrations.RunSQL(REMOVABLE, STAYS),
    ]
