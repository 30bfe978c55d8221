/* SPDX-License-Identifier: MIT */
/* Schemas and rules: what is found in the data, and what is said about a schema that is at
 * fault. */
#include "check_kit.h"

#include "codes/codes.h"

static void expect(const char *schema, const char *from, const char *data, const char *want) {
    kit k;
    if (!TA_CHECK(kit_init(&k)))
        return;
    if (TA_CHECK(kit_schema(&k, schema) == TA_OK))
        TA_CHECK_TEXT(kit_check(&k, from, data), want);
    else
        fprintf(stderr, "%s", ta_buf_text(&k.told));
    kit_fini(&k);
}

static void expect_fault(const char *schema, ta_status status, const char *want) {
    kit k;
    if (!TA_CHECK(kit_init(&k)))
        return;
    TA_CHECK_NUMBER(kit_schema(&k, schema), status);
    TA_CHECK_TEXT(ta_buf_text(&k.told), want);
    kit_fini(&k);
}

static void test_types(void) {
    expect("{\"type\":[\"number\",\"string\"]}", "json", "true",
           "1:1 error type: expected number or text, found boolean true\n");
    expect("{\"type\":\"integer\"}", "jsonl", "1\n1.0\n1e2\n1.5\n\"1\"\nnull\n1e-1\n",
           "4:1 error type: expected whole number, found number 1.5\n"
           "5:1 error type: expected whole number, found text \"1\"\n"
           "6:1 error type: expected whole number, found null\n"
           "7:1 error type: expected whole number, found number 1e-1\n");
    expect("{\"type\":\"null\"}", "json",
           "\"0123456789012345678901234567890123456789é and more\"",
           "1:1 error type: expected null, found text "
           "\"0123456789012345678901234567890123456789…\"\n");
    expect("false", "json", "{}", "1:1 error forbidden: no value is allowed here\n");
    expect("true", "json", "{}", "");
    expect("{}", "json", "[1, {}]", "");
}

static void test_values(void) {
    expect("{\"enum\":[1, \"a\", {\"x\": [1, null]}]}", "jsonl",
           "1.0\n\"a\"\n{\"x\": [1e0, null]}\n\"1\"\n",
           "4:1 error enum: \"1\" is none of 1, \"a\", {\"x\": [1, null]}\n");
    expect("{\"enum\":[\"coordinator\", \"partner\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", "
           "\"i\", \"j\"]}",
           "jsonl", "\"j\"\n\"Partner\"\n",
           "2:1 error enum: \"Partner\" is none of \"coordinator\", \"partner\", \"c\", \"d\", "
           "\"e\", \"f\", \"g\", \"h\" … (10 in all) (did you mean partner?)\n");
    expect("{\"const\": 1}", "jsonl", "1.00\n2\n", "2:1 error const: expected 1, found 2\n");
    expect("{\"minimum\": 0.1, \"maximum\": 1e400}", "jsonl",
           "0.1\n0.09999999999999999999999999\n9e399\n1.1e400\n-5\n\"x\"\n",
           "2:1 error minimum: 0.09999999999999999999999999 is less than 0.1\n"
           "4:1 error maximum: 1.1e400 is more than 1e400\n"
           "5:1 error minimum: -5 is less than 0.1\n");
}

static void test_objects(void) {
    static const char schema[] =
        "{\"type\": \"object\", \"required\": [\"id\", \"a.b\"], \"properties\": {\"id\": {}, "
        "\"country\": {}, \"list\": {\"items\": {\"type\": \"string\"}}},"
        "\"additionalProperties\": false}";
    expect(schema, "json", "{\"id\": 1, \"contry\": 2, \"country\": 1, \"Country\": 1}",
           "1:11 error unexpected-property: the property contry is not expected\n"
           "1:38 error unexpected-property: the property Country is not expected\n"
           "1:1 error required: a.b is missing\n");
    expect(schema, "json", "{\"contry\": 2, \"list\": [\"x\", 1]}",
           "1:2 error unexpected-property: the property contry is not expected (did you mean "
           "\"country\"?)\n"
           "1:29 error type: expected text, found number 1\n"
           "1:1 error required: id is missing\n1:1 error required: a.b is missing\n");
    expect("{\"additionalProperties\": {\"type\": \"number\"}, \"properties\": {\"a\": true}}",
           "json", "{\"a\": \"x\", \"b\": 1, \"c\": \"x\"}",
           "1:25 error type: expected number, found text \"x\"\n");
    expect("{\"properties\": {\"n\": {\"$ref\": \"#\"}, \"v\": {\"type\": \"number\"}}}",
           "json", "{\"n\": {\"n\": {\"v\": true}}}",
           "1:19 error type: expected number, found boolean true\n");
}

static void test_lists(void) {
    expect("{\"type\":\"object\",\"required\":[\"a\"]}", "json", "[{\"a\": 1}, {}]",
           "1:12 error required: a is missing\n");
    expect("{\"type\":\"array\",\"items\":{\"required\":[\"a\"]}}", "json", "[{\"a\": 1}, {}]",
           "1:12 error required: a is missing\n");
    expect("{\"items\":{\"required\":[\"a\"]}}", "jsonl", "[{\"a\": 1}, {}]\n",
           "1:12 error required: a is missing\n");
    expect("{\"type\":\"array\",\"items\":{\"properties\":{\"n\":{\"type\":\"integer\"}}}}",
           "csv", "n,m\n1,x\ny,x\n",
           "3:1 error type: expected whole number, found text \"y\"\n");
    expect(
        "{\"items\":{\"type\":\"string\"},\"x-rules\":[{\"sum\":\"*\",\"equals\":\"1\"}]}",
        "json", "[1]",
        "1:28 warning schema-unchecked: the keyword x-rules is not checked by this version; "
        "the items of the list are read one by one; a rule with over: list sees all of them\n"
        "1:2 error type: expected text, found number 1\n");
}

static void test_references(void) {
    expect("{\"$defs\": {\"a\": {\"$anchor\": \"x\", \"type\": \"number\"}}, \"$ref\": \"#x\", "
           "\"minimum\": 3}",
           "jsonl", "3\n2\n\"a\"\n",
           "2:1 error minimum: 2 is less than 3\n"
           "3:1 error type: expected number, found text \"a\"\n");
    expect("{\"properties\": {\"a/b\": {\"type\": \"null\"}, \"c\": {\"$ref\": "
           "\"#/properties/a~1b\"}, \"d\": {\"$ref\": \"#/properties/a%7E1b\"}}}",
           "json", "{\"c\": 1, \"d\": 2}",
           "1:7 error type: expected null, found number 1\n"
           "1:15 error type: expected null, found number 2\n");
    expect_fault("{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"$ref\": \"#\"}}}",
                 TA_ERR_USAGE,
                 "1:47 error schema-loop: the reference # leads back to itself\n");
    expect_fault("{\"$ref\": \"#/$defs/b\", \"properties\": {\"x\": {\"$ref\": \"#y\"}}}",
                 TA_ERR_USAGE,
                 "1:10 error schema-ref: the reference #/$defs/b leads nowhere\n"
                 "1:52 error schema-ref: the reference #y leads nowhere\n");
    kit k;
    if (!TA_CHECK(kit_init(&k)))
        return;
    static const char part[] =
        "{\"$defs\": {\"p\": {\"type\": \"object\", \"required\": [\"q\"]}}}";
    kit_file(&k, "part.json", part, strlen(part));
    TA_CHECK(kit_schema(&k, "{\"items\": {\"$ref\": \"part.json#/$defs/p\"}}") == TA_OK);
    TA_CHECK_TEXT(kit_check(&k, "json", "[{}]"), "1:2 error required: q is missing\n");
    kit_fini(&k);
}

static void test_faults(void) {
    expect_fault("[]", TA_ERR_USAGE,
                 "1:1 error schema-syntax: in the schema, the whole must be an object, true or "
                 "false\n");
    expect_fault(
        "{\"type\": \"strnig\", \"required\": \"a\", \"properties\": {\"a\": 5}, "
        "\"enum\": 4, \"minimum\": \"1\"}",
        TA_ERR_USAGE,
        "1:10 error schema-syntax: in the schema, type must be null, boolean, number, "
        "integer, string, array or object\n"
        "1:32 error schema-syntax: in the schema, required must be a list of names\n"
        "1:57 error schema-syntax: in the schema, properties must hold schemas (objects, "
        "true or false)\n"
        "1:69 error schema-syntax: in the schema, enum must be a list of values\n"
        "1:83 error schema-syntax: in the schema, minimum must be a number\n");
    expect_fault(
        "{\"requierd\": [], \"x-code\": 1, \"x-mine\": 2, \"format\": \"email\", "
        "\"properties\": {\"a\": {\"pattern\": \"a\"}, \"b\": {\"pattern\": \"b\"}}}",
        TA_OK,
        "1:2 note schema-unknown-keyword: the keyword requierd is unknown (did you mean "
        "required?)\n"
        "1:18 note schema-unknown-keyword: the keyword x-code is unknown (did you mean "
        "x-codes?)\n"
        "1:54 note text-format-unchecked: formats such as email are not checked: "
        "--assert-formats checks them\n");
}

static void test_codes(void) {
    expect(
        "{\"x-codes\": \"country\"}", "jsonl",
        "\"FR\"\n\"UK\"\n\"FI;FI\"\n\"FI;SE\"\n\"de\"\n\"Allemagne\"\n\"Norvege\"\n\"XX\"\n"
        "\"Austrlia\"\n\" DE\"\n\"ΕΛΛΆΔΑ\"\n5\n",
        "2:1 error code-unknown: \"UK\" is not in the code list country (did you mean GB?)\n"
        "3:1 error code-unknown: \"FI;FI\" is not in the code list country (did you mean FI?)\n"
        "4:1 error code-unknown: \"FI;SE\" is not in the code list country\n"
        "5:1 error code-unknown: \"de\" is not in the code list country (did you mean DE?)\n"
        "6:1 error code-unknown: \"Allemagne\" is not in the code list country (did you mean "
        "DE?)\n"
        "7:1 error code-unknown: \"Norvege\" is not in the code list country (did you mean "
        "NO?)\n"
        "8:1 error code-unknown: \"XX\" is not in the code list country\n"
        "9:1 error code-unknown: \"Austrlia\" is not in the code list country\n"
        "10:1 error code-unknown: \" DE\" is not in the code list country (did you mean "
        "DE?)\n"
        "11:1 error code-unknown: \"ΕΛΛΆΔΑ\" is not in the code list country (did you mean "
        "GR?)\n");
    expect_fault(
        "{\"x-codes\": \"contry\"}", TA_ERR_USAGE,
        "1:13 error schema-syntax: in the schema, x-codes names no built-in list (a file "
        "has a dot or a slash in its name)\n");
    kit k;
    if (!TA_CHECK(kit_init(&k)))
        return;
    kit_file(&k, "own.csv", "name,code\nOne,1\nTwo,2\n", 22);
    TA_CHECK(kit_schema(&k, "{\"x-codes\": \"own.csv\"}") == TA_OK);
    TA_CHECK_TEXT(
        kit_check(&k, "jsonl", "\"1\"\n\"two\"\n"),
        "2:1 error code-unknown: \"two\" is not in the code list own.csv (did you mean "
        "2?)\n");
    kit_fini(&k);
}

/* The built-in list against the Debian package iso-codes, where that is installed. */
static void test_countries(void) {
    static const char path[] = "/usr/share/iso-codes/json/iso_3166-1.json";
    kit k;
    ta_code_list *list = NULL;
    if (access(path, R_OK) != 0) {
        printf("iso-codes is not installed: the list of countries is not compared\n");
        return;
    }
    if (!TA_CHECK(kit_init(&k)))
        return;
    const ta_document *iso = k.library.loader.load(&k.library, path);
    TA_CHECK(ta_code_list_load(&k.library.loader, "builtin:codes/country.csv", &list) == TA_OK);
    if (TA_CHECK(iso && list)) {
        const ta_node *rows = ta_node_named(&iso->record, iso->record.nodes, "3166-1");
        for (const ta_node *r = ta_node_first(rows); r < ta_node_end(rows);
             r = ta_node_next(r)) {
            ta_text two = ta_node_text(&iso->record, ta_node_named(&iso->record, r, "alpha_2"));
            ta_text three =
                ta_node_text(&iso->record, ta_node_named(&iso->record, r, "alpha_3"));
            ta_code_found found = ta_code_list_find(list, three.data, three.len);
            TA_CHECK(ta_code_list_item(list, two.data, two.len) != NULL);
            TA_CHECK(found.item && !memcmp(found.item->code, two.data, two.len));
        }
    }
    ta_code_list_drop(list);
    kit_fini(&k);
}

static void test_sums(void) {
    static const char complete[] =
        "{\"x-rules\": [{\"id\": \"F1\", \"sum\": \"s.*.a\", \"equals\": \"t\", \"tolerance\": "
        "{\"abs\": \"0.01\"}, \"complete\": true}]}";
    expect(complete, "jsonl",
           "{\"t\": 0.3, \"s\": [{\"a\": 0.1}, {\"a\": \"0.2\"}]}\n"
           "{\"t\": 0.3, \"s\": [{\"a\": 0.1}, {\"a\": \"0.22\"}]}\n"
           "{\"t\": 0.3, \"s\": [{\"a\": 0.1}, {}]}\n{\"t\": null, \"s\": [{\"a\": 1}]}\n"
           "{\"t\": 1, \"s\": [{\"a\": 1e40}, {\"a\": 1}]}\n",
           "2:7 error rule-sum: the sum of s.*.a is 0.32, expected 0.3; difference 0.02 [2:24 "
           "0.1] "
           "[2:36 \"0.22\"]\n"
           "5:35 error rule-digits: the sum has more than 38 digits: not computed\n");
    expect("{\"x-rules\": [{\"id\": \"F2\", \"sum\": \"s.*.p\", \"max\": 100, \"tolerance\": "
           "{\"abs\": 0.5}, \"severity\": \"warning\", \"message\": \"look again\"}]}",
           "jsonl",
           "{\"s\": [{\"p\": 76}, {}, {\"p\": 24.5}]}\n{\"s\": [{\"p\": 76}, {\"p\": 24.51}]}\n"
           "{\"s\": []}\n{}\n",
           "2:1 warning rule-sum: the sum of s.*.p is 100.51, expected at most 100; difference "
           "0.51; look again [2:14 76] [2:25 24.51]\n");
    expect("{\"x-rules\": [{\"each\": \"p.*\", \"sum\": \".v.*\", \"equals\": \".t\"}]}",
           "json", "{\"p\": [{\"v\": [1, 2], \"t\": 3}, {\"v\": [1], \"t\": 3}, {}]}",
           "1:47 error rule-sum: the sum of .v.* is 1, expected 3; difference 2 [1:38 1]\n");
}

static void test_counts(void) {
    static const char one[] = "{\"x-rules\": [{\"id\": \"R1\", \"count\": \"p.*\", \"where\": "
                              "{\"required\": [\"r\"], "
                              "\"properties\": {\"r\": {\"const\": \"c\"}}}, \"equals\": 1}]}";
    expect(
        one, "jsonl",
        "{\"p\": [{\"r\": \"c\"}, {\"r\": \"d\"}]}\n{\"p\": [{\"r\": \"c\"}, {\"r\": \"c\"}]}\n"
        "{\"p\": []}\n{}\n",
        "2:1 error rule-count: 2 of p.*, expected 1 [2:8 counted] [2:20 counted]\n"
        "3:1 error rule-count: 0 of p.*, expected 1\n");
    expect("{\"x-rules\": [{\"count\": \"p.*\", \"min\": 2, \"if\": {\"properties\": {\"k\": "
           "{\"const\": 1}}, \"required\": [\"k\"]}}]}",
           "jsonl", "{\"p\": [1]}\n{\"k\": 1, \"p\": [1, null, \"\"]}\n",
           "2:1 error rule-count: 1 of p.*, expected at least 2 [2:16 counted]\n");
}

static void test_unique(void) {
    expect(
        "{\"x-rules\": [{\"unique\": \"p.*\", \"by\": [\".o\", \".r\"]}]}", "json",
        "{\"p\": [{\"o\": 1, \"r\": \"x\"}, {\"r\": \"x\", \"o\": 1.0}, {\"o\": 1}, {\"o\": 1},"
        " {\"o\": \"1\", \"r\": \"x\"}]}",
        "1:28 error rule-unique: 1.0, \"x\" stands twice in p.* [1:8 the first one]\n");
    expect("{\"x-rules\": [{\"unique\": \"p.*\"}]}", "json",
           "{\"p\": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 3, {\"a\": 1, \"b\": 2}, "
           "{\"b\": 2, \"a\": 1}, \"3\", [1, 2], [1, [2]]]}",
           "1:55 error rule-unique: 3 stands twice in p.* [1:14 the first one]\n"
           "1:76 error rule-unique: object stands twice in p.* [1:58 the first one]\n");
    expect("{\"x-rules\": [{\"over\": \"list\", \"unique\": \"*\", \"by\": [\"id\"]}]}", "csv",
           "id,n\n1,x\n2,x\n1,y\n,y\n,y\n",
           "4:1 error rule-unique: \"1\" stands twice in the list [2:1 the first one]\n");
}

static void test_rule_faults(void) {
    expect_fault(
        "{\"x-rules\": [{\"summ\": \"a\"}, {\"product\": [\"a\"]}, {\"sum\": \"a\"}, "
        "{\"count\": \"a.*\", \"by\": [\".x\"], \"min\": 1}, {\"sum\": \"a..b\", "
        "\"equals\": 1}, {\"unique\": \"a.*\", \"by\": [\"x\"]}]}",
        TA_ERR_USAGE,
        "1:15 error rule-syntax: in the rule, summ is unknown (did you mean sum?)\n"
        "1:29 error rule-syntax: in the rule, product needs equals, min or max\n"
        "1:49 error rule-syntax: in the rule, sum needs equals, min or max\n"
        "1:63 error rule-syntax: in the rule, by goes with in, or with over: list\n"
        "1:113 error rule-syntax: in the rule, sum must be a path, such as "
        "partners.*.country\n"
        "1:135 error rule-syntax: in the rule, by names fields of the item: begin each "
        "path with a dot\n");
}

static void test_counts_of_rules(void) {
    kit k;
    size_t count;
    if (!TA_CHECK(kit_init(&k)))
        return;
    TA_CHECK(kit_schema(&k, "{\"x-rules\": [{\"id\": \"A\", \"sum\": \"s.*\", \"max\": 5}], "
                            "\"required\": [\"s\"]}") == TA_OK);
    ta_stage *check = ta_check_new(k.program, &k.finder, TA_CHECK_ITEMS, NULL);
    TA_CHECK(kit_read(&k, "jsonl", "{\"s\": [1]}\n{\"s\": [6]}\n{}\n{\"s\": []}\n", check) ==
             TA_OK);
    const ta_rule_count *rules = ta_check_counts(check, &count);
    TA_CHECK_NUMBER(count, 1);
    TA_CHECK_TEXT(rules[0].id, "A");
    TA_CHECK_NUMBER(rules[0].run, 2);
    TA_CHECK_NUMBER(rules[0].failed, 1);
    TA_CHECK_NUMBER(rules[0].skipped, 2);
    TA_CHECK(!ta_check_is_per_item(check));
    ta_stage_drop(check);
    kit_fini(&k);
}

static void test_shapes(void) {
    kit k;
    if (!TA_CHECK(kit_init(&k)))
        return;
    TA_CHECK(
        kit_schema(
            &k,
            "{\"$ref\": \"#/$defs/base\", \"required\": [\"n\"], \"additionalProperties\": "
            "false,"
            "\"properties\": {\"n\": {\"minimum\": 1}, \"e\": {\"enum\": [\"a\", 1, null]},"
            "\"t\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}, \"x-csv\": "
            "{\"separator\": \";\"}}, \"any\": {\"anyOf\": [{\"type\": \"integer\"}, "
            "{\"type\": "
            "\"null\"}]}, \"child\": {\"$ref\": \"#\"}},"
            "\"$defs\": {\"base\": {\"type\": \"object\", \"properties\": {\"n\": {\"type\": "
            "[\"integer\", \"string\"]}, \"z\": {\"type\": \"boolean\"}}}}}") == TA_OK);
    const ta_shape *shape = ta_program_record_shape(k.program);
    TA_CHECK_NUMBER(shape->types, TA_TYPE_OBJECT);
    TA_CHECK(shape->closed);
    TA_CHECK_NUMBER(shape->member_count, 6);
    TA_CHECK_TEXT(shape->members[0].name, "n");
    TA_CHECK(shape->members[0].required && !shape->members[1].required);
    TA_CHECK_NUMBER(shape->members[0].shape->types, TA_TYPE_NUMBER | TA_TYPE_STRING);
    TA_CHECK(shape->members[0].shape->integer);
    TA_CHECK_NUMBER(ta_shape_named(shape, "e", 1)->types,
                    TA_TYPE_STRING | TA_TYPE_NUMBER | TA_TYPE_NULL);
    TA_CHECK_TEXT(ta_shape_named(shape, "t", 1)->separator, ";");
    TA_CHECK_NUMBER(ta_shape_named(shape, "t", 1)->items->types, TA_TYPE_STRING);
    TA_CHECK_NUMBER(ta_shape_named(shape, "any", 3)->types, TA_TYPE_NUMBER | TA_TYPE_NULL);
    TA_CHECK(ta_shape_named(shape, "any", 3)->integer);
    TA_CHECK(ta_shape_named(ta_shape_named(shape, "child", 5), "z", 1)->types ==
             TA_TYPE_BOOLEAN);
    TA_CHECK(ta_shape_named(shape, "nothing", 7) == NULL);
    kit_fini(&k);
}

int main(void) {
    test_types();
    test_values();
    test_objects();
    test_lists();
    test_references();
    test_faults();
    test_codes();
    test_countries();
    test_sums();
    test_counts();
    test_unique();
    test_rule_faults();
    test_counts_of_rules();
    test_shapes();
    return unit_end("check");
}
