from django.db import migrations

# Whose words stand in the newest draft and were not public before. What Wagtail keeps beside the words
# (when, by whom, whether it is live) does not count, nor do the marks its text editor puts on each paragraph,
# how it writes an empty text, or how a browser ends a line.
WRITERS = r"""
CREATE FUNCTION app_words(content jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS
  $$ SELECT replace(replace(regexp_replace(content::text, ' data-block-key=\\"[^"]*\\"', '', 'g'),
       '"<p></p>"', '""'), '\r\n', '\n')::jsonb - ARRAY[
       'pk', 'path', 'depth', 'numchild', 'url_path', 'draft_title', 'content_type', 'owner', 'locale',
       'translation_key', 'alias_of', 'live', 'has_unpublished_changes', 'expired', 'locked', 'locked_at',
       'locked_by', 'latest_revision', 'latest_revision_created_at', 'live_revision', 'first_published_at',
       'last_published_at', 'page_ptr', 'knowledgepage_ptr', 'wagtail_admin_comments', 'search_description',
       'seo_title', 'show_in_menus', 'go_live_at', 'expire_at'] $$;

CREATE FUNCTION app_writers(page_id integer) RETURNS bigint[] LANGUAGE sql STABLE AS
  $$ SELECT coalesce(array_agg(DISTINCT said.user_id), '{}') FROM (
       SELECT r.id, r.user_id::bigint, app_words(r.content) AS words,
              lag(app_words(r.content)) OVER (ORDER BY r.id) AS before
       FROM wagtailcore_revision r
       JOIN django_content_type t ON t.id = r.base_content_type_id
       WHERE t.app_label = 'wagtailcore' AND t.model = 'page' AND r.object_id = page_id::text
     ) said
     LEFT JOIN wagtailcore_page p ON p.id = page_id
     WHERE said.user_id IS NOT NULL AND said.words IS DISTINCT FROM said.before
       AND said.id > coalesce(p.live_revision_id, 0) $$;
"""
DROP_WRITERS = "DROP FUNCTION app_writers(integer); DROP FUNCTION app_words(jsonb);"

# The net under `knowledge/policy.py`: every way to make a page public ends in this table.
PUBLISHING = """
CREATE FUNCTION app_someone_else_publishes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF app_system() OR NOT NEW.live OR (TG_OP = 'UPDATE' AND OLD.live
     AND OLD.live_revision_id IS NOT DISTINCT FROM NEW.live_revision_id
     AND (OLD.title, OLD.slug) = (NEW.title, NEW.slug)) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' OR app_kind() <> 'national' OR NOT app_has('editor', 'desk_lead')
     OR coalesce(app_person() = ANY (app_writers(NEW.id)), true) THEN
    RAISE EXCEPTION 'somebody else publishes what one has written' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER someone_else_publishes BEFORE INSERT OR UPDATE ON wagtailcore_page
  FOR EACH ROW EXECUTE FUNCTION app_someone_else_publishes();
"""
DROP_PUBLISHING = (
    "DROP TRIGGER someone_else_publishes ON wagtailcore_page; DROP FUNCTION app_someone_else_publishes();"
)


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0002_home"), ("core", "0002_rows")]

    operations = [
        migrations.RunSQL(WRITERS, DROP_WRITERS),
        migrations.RunSQL(PUBLISHING, DROP_PUBLISHING),
    ]
