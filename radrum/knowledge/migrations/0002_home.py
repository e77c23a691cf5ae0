from django.db import migrations


def plant(apps, schema_editor):
    """Put our home in the place of the page that Wagtail begins with."""
    Page, Home = apps.get_model("wagtailcore", "Page"), apps.get_model("knowledge", "Home")
    Site, Locale = apps.get_model("wagtailcore", "Site"), apps.get_model("wagtailcore", "Locale")
    kind, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="knowledge", model="home")
    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    root = Page.objects.get(depth=1)
    home = Home.objects.create(
        title="Kunskap",
        draft_title="Kunskap",
        slug="knowledge",
        content_type=kind,
        path=f"{root.path}0001",
        depth=2,
        numchild=0,
        url_path="/knowledge/",
        live=True,
        locale=Locale.objects.get(),
    )
    root.numchild = 1
    root.save(update_fields=["numchild"])
    Site.objects.create(hostname="localhost", site_name="rådrum", root_page_id=home.pk, is_default_site=True)
    apps.get_model("auth", "Group").objects.all().delete()  # Wagtail's own groups: roles say who may what


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
