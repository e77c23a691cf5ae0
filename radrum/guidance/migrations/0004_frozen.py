"""What is in force does not change: the database says so too, whatever the application tries.

An edition with its dimensions and aspects, and a vocabulary, are only ever added. An instrument may be written
anew while it is a draft; after that nothing but its status moves, forwards. The first edition's sum is counted
anew, because the prompts that were counted with it are gone (`0005_no_prompts`); its text is the same.
"""

from django.db import migrations

ADDED_ONLY = "guidance_edition, guidance_dimension, guidance_aspect, guidance_vocabulary"
HISTORY = "guidance_instrumentevent, guidance_vocabularyevent"
FREEZE = """
CREATE FUNCTION guidance_instrument_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'draft' THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'instrument % is % and is not removed', OLD.key, OLD.status USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.status = 'in_force' AND NEW.status = 'withdrawn'
     AND to_jsonb(NEW) - 'status' - 'withdrawn_on' = to_jsonb(OLD) - 'status' - 'withdrawn_on' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'instrument % is % and is not changed', OLD.key, OLD.status USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guidance_instrument_frozen BEFORE UPDATE OR DELETE ON guidance_instrument
  FOR EACH ROW EXECUTE FUNCTION guidance_instrument_frozen();
"""
THAW = """
DROP TRIGGER guidance_instrument_frozen ON guidance_instrument;
DROP FUNCTION guidance_instrument_frozen();
"""
WITH_PROMPTS = "b7e2a10abb2c6c7af65fc6575b12d7527891e394dda341ccdf13e4d0d5c1e5eb"
WITHOUT = "5ed0106b5a420325fc86bde72ff6bef6e203b91a1690e2911e5930e23394c207"
COUNT = "UPDATE guidance_edition SET digest = '{}' WHERE key = '2026-r1' AND digest = '{}'"


class Migration(migrations.Migration):
    dependencies = [("guidance", "0003_instrument")]

    operations = [
        migrations.RunSQL(COUNT.format(WITHOUT, WITH_PROMPTS), COUNT.format(WITH_PROMPTS, WITHOUT)),
        migrations.RunSQL(
            f"REVOKE UPDATE, DELETE ON {ADDED_ONLY}, {HISTORY} FROM radrum_app",
            f"GRANT UPDATE, DELETE ON {ADDED_ONLY}, {HISTORY} TO radrum_app",
        ),
        migrations.RunSQL(FREEZE, THAW),
    ]
