"""Reads two Anki packages of the same questions: their tables, fields, decks and pictures, and whether identities stay."""
import hashlib
import html
import json
import re
import sqlite3
import sys
import tempfile
import zipfile

# Column by column what the published description of the database lists.
TABLES = {
    "col": "id crt mod scm ver dty usn ls conf models decks dconf tags",
    "notes": "id guid mid mod usn tags flds sfld csum flags data",
    "cards": "id nid did ord mod usn type queue due ivl factor reps lapses left odue odid flags data",
    "revlog": "id cid usn ease ivl lastIvl factor time type",
    "graves": "usn oid type",
}


def read(path):
    with zipfile.ZipFile(path) as package, tempfile.NamedTemporaryFile(suffix=".anki2") as file:
        assert package.testzip() is None
        file.write(package.read("collection.anki2"))
        file.flush()
        database = sqlite3.connect(file.name)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for table, columns in TABLES.items():
            assert [row[1] for row in database.execute(f"PRAGMA table_info({table})")] == columns.split(), table
        version, models, decks = database.execute("SELECT ver, models, decks FROM col").fetchone()
        assert version == 11
        models, decks = json.loads(models), json.loads(decks)
        media = json.loads(package.read("media"))
        assert set(package.namelist()) == {"collection.anki2", "media", *media}
        shown = set()
        tagged = database.execute("SELECT flds FROM notes WHERE tags LIKE '% anneal %' AND tags LIKE '% notes %'").fetchall()
        assert tagged and all("/notes/" in fields.split("\x1f")[3] for (fields,) in tagged)
        assert any("\\[" in fields for (fields,) in tagged) and any("Corrected (E000-" in fields for (fields,) in tagged)
        notes = database.execute("SELECT id, guid, mid, flds, sfld, csum FROM notes").fetchall()
        for identity, guid, model, fields, sort, checksum in notes:
            values = fields.split("\x1f")
            assert len(values) == len(models[str(model)]["flds"]) and all(values), fields
            plain = html.unescape(re.sub("<[^>]*>", "", values[0]))
            assert sort == plain and checksum == int(hashlib.sha1(plain.encode()).hexdigest()[:8], 16), plain
            assert fields.count("\\(") == fields.count("\\)") and fields.count("\\[") == fields.count("\\]")
            shown |= set(re.findall('<img src="([^"]+)"', fields))
        assert shown == set(media.values()) and shown, shown ^ set(media.values())
        for number, name in media.items():
            assert package.read(number).startswith(b"<svg "), name
        orphans = "SELECT count(*) FROM cards WHERE nid NOT IN (SELECT id FROM notes)"
        assert database.execute(orphans).fetchone() == (0,)
        for (deck,) in database.execute("SELECT DISTINCT did FROM cards"):
            assert decks[str(deck)]["name"].startswith("Anneal::")
        rows = database.execute("SELECT n.id, guid, mid, c.id, did, flds FROM notes n JOIN cards c ON c.nid = n.id ORDER BY n.id").fetchall()
        assert len(rows) == len(notes) > 0
        return rows, media


first, second = (read(path) for path in sys.argv[1:3])
assert first == second, "Identities differ between two packages."
print(f"{len(first[0])} notes, {len(first[1])} pictures: tables, fields, decks and media as described; identities are the same in both packages.")
