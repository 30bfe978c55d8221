mkdir -p members/2026 drafts projects .hidden
printf 'id;name;country;locality;email\nM-1;Alpha;FR;Lyon;a@b.fr\n' > members/one.csv
printf 'id;name;country;locality;email\nM-1;Alpha;UK;Lyon;jean.dupont@\n' > members/2026/two.csv
printf '[{"id": "P-1", "title": "T", "partners": [{"name": "X", "role": "boss", "country": "FR"}]}]\n' > projects/p.json
printf 'partners: 12\n' > drafts/p.yaml
printf 'x\n' > .hidden/x.csv
printf '{"$schema": "https://json-schema.org/draft/2020-12/schema"}' > projects/own.json
