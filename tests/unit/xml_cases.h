/* SPDX-License-Identifier: MIT */
/* The cases of test_xml.c. */
#ifndef TA_XML_CASES_H
#define TA_XML_CASES_H

#define HINTS " xmlns:ta=\"https://transalp.dev/ns\""

typedef struct read_row {
    const char *in, *out, *findings;
} read_row;

static const read_row read_rows[] = {
    {"<a/>", "{\"a\":\"\"}\n", ""},
    {"<a></a>", "{\"a\":\"\"}\n", ""},
    {"<a>x</a>", "{\"a\":\"x\"}\n", ""},
    {"<?xml version='1.0'?>\n<a> x </a>\n", "{\"a\":\" x \"}\n", ""},
    {"<a b='1'/>", "{\"a\":{\"@b\":\"1\"}}\n", ""},
    {"<a b='1'>x</a>", "{\"a\":{\"@b\":\"1\",\"#text\":\"x\"}}\n", ""},
    {"<a><b>1</b><b>2</b></a>", "{\"a\":{\"b\":[\"1\",\"2\"]}}\n", ""},
    {"<a><b>1</b><c/><b>2</b></a>", "{\"a\":{\"b\":[\"1\",\"2\"],\"c\":\"\"}}\n", ""},
    {"<a>\n <b> </b>\n</a>", "{\"a\":{\"b\":\" \"}}\n", ""},
    {"<a>&lt;&#65;&#x42;&amp;amp;</a>", "{\"a\":\"<AB&amp;\"}\n", ""},
    {"<a><![CDATA[<b>&amp;]]> x</a>", "{\"a\":\"<b>&amp; x\"}\n", ""},
    {"<a>x\r\ny\rz&#13;</a>", "{\"a\":\"x\\ny\\nz\\r\"}\n", ""},
    {"<a b='x\ny\tz&#10;'/>", "{\"a\":{\"@b\":\"x y z\\n\"}}\n", ""},
    {"<a b='p\"q'>x</a >", "{\"a\":{\"@b\":\"p\\\"q\",\"#text\":\"x\"}}\n", ""},
    {"<a b=\"x>y\" c='z'/>", "{\"a\":{\"@b\":\"x>y\",\"@c\":\"z\"}}\n", ""},
    {"<a xmlns:p='u'><p:b p:c='1'/></a>",
     "{\"a\":{\"@xmlns:p\":\"u\",\"p:b\":{\"@p:c\":\"1\"}}}\n", ""},
    {"<a xmlns:p='not a uri'/>", "{\"a\":{\"@xmlns:p\":\"not a uri\"}}\n", ""},
    {"<a_x0020_b _x0031_='2'/>", "{\"a b\":{\"@1\":\"2\"}}\n", ""},
    {"<a>x<b>y</b></a>", "{\"a\":\"x<b>y</b>\"}\n", "xml-mixed@1:1 "},
    {"<a c='1'><b>y</b> &amp; z</a>", "{\"a\":{\"@c\":\"1\",\"#text\":\"<b>y</b> &amp; z\"}}\n",
     "xml-mixed@1:1 "},
    {"<a><b/><![CDATA[ ]]></a>", "{\"a\":\"<b/><![CDATA[ ]]>\"}\n", "xml-mixed@1:1 "},
    {"<!-- c --><a>x<!-- d -->y<?p q?></a><!-- e -->", "{\"a\":\"xy\"}\n", "loss-comment@1:1 "},
    {"<a" HINTS " ta:type=\"array\"><i>1</i><i ta:type=\"number\">2</i></a>",
     "[\n\"1\",\n2\n]\n", ""},
    {"<a" HINTS " ta:type='array'/>", "[]\n", ""},
    {"<a" HINTS "><b ta:type='null'/><c ta:type='boolean'>true</c><d ta:type='object'/>"
     "<e ta:type='array'><ta:item/></e><f ta:type='text'>1</f><ta:item ta:key=''>x</ta:item>"
     "<g ta:escape='json'>\\u0001\\\\</g></a>",
     "{\"a\":{\"b\":null,\"c\":true,\"d\":{},\"e\":[\"\"],\"f\":\"1\",\"\":\"x\","
     "\"g\":\"\\u0001\\\\\"}}\n",
     ""},
    {"<h:document xmlns:h='https://transalp.dev/ns' h:type='number'>1</h:document>", "1\n", ""},
    {"<a xmlns:ta='other' ta:type='x'/>",
     "{\"a\":{\"@xmlns:ta\":\"other\",\"@ta:type\":\"x\"}}\n", ""},
    {"<!DOCTYPE a [<!ENTITY e \"caf&#233;\"><!ENTITY f '[&e;]'>]><a b='&f;'>&e;&f;</a>",
     "{\"a\":{\"@b\":\"[caf\xC3\xA9]\",\"#text\":\"caf\xC3\xA9[caf\xC3\xA9]\"}}\n", ""},
};

typedef struct fault_row {
    const char *in, *findings;
} fault_row;

static const fault_row fault_rows[] = {
    {"", "xml-syntax@1:1 "},
    {" \n ", "xml-syntax@1:1 "},
    {"hello", "xml-syntax@1:1 "},
    {"{\"a\": 1} <a/>", "xml-syntax@1:1 "},
    {"<", "xml-syntax@1:1 "},
    {"<a", "xml-syntax@1:1 "},
    {"<a>", "xml-end@1:4<1:1 "},
    {"<a>\n <b>x", "xml-end@2:6<2:2 "},
    {"<a>x</a", "xml-syntax@1:5 "},
    {"<a><!-- x</a>", "xml-syntax@1:4 "},
    {"<a><![CDATA[x</a>", "xml-syntax@1:4 "},
    {"<a><b>x</a>", "xml-tag@1:8<1:4 "},
    {"<a></b>", "xml-tag@1:4<1:1 "},
    {"<a/><b/>", "xml-syntax@1:5 "},
    {"<a/> x", "xml-syntax@1:6 "},
    {"<a b=1/>", "xml-syntax@1:6 "},
    {"<a b/>", "xml-syntax@1:5 "},
    {"<a b='1'c='2'/>", "xml-syntax@1:9 "},
    {"<a b='1' b='2'/>", "xml-syntax@1:10 "},
    {"<a b='x<y'/>", "xml-syntax@1:8 "},
    {"<a>\xC3\xA9 & b</a>", "xml-syntax@1:6 "},
    {"<a>&amp</a>", "xml-syntax@1:4 "},
    {"<a>x &eacute;</a>", "xml-entity@1:6 "},
    {"<a b='&foo;'/>", "xml-entity@1:7 "},
    {"<a>&#0;</a>", "xml-syntax@1:4 "},
    {"<a>&#xZ;</a>", "xml-syntax@1:4 "},
    {"<a>x\x01</a>", "xml-syntax@1:5 "},
    {"<a>]]></a>", "xml-syntax@1:4 "},
    {"<a><1/></a>", "xml-syntax@1:5 "},
    {"<a><!b></a>", "xml-syntax@1:4 "},
    {"<a><!-- x -- y --></a>", "xml-syntax@1:11 "},
    {"<p:a/>", "xml-namespace@1:2 "},
    {"<a><b>x</b>\n<b c:d='1'/></a>", "xml-namespace@2:4 "},
    {"<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='2'/>", "xml-namespace@1:38 "},
    {"<a xmlns:p=''/>", "xml-namespace@1:10 "},
    {"<!-- x --><?xml version='1.0'?><a/>", "xml-syntax@1:32 "},
    {"<?xml version='1.0' encoding='ISO-8859-1'?>\n<a>\xE9</a>", "xml-encoding@2:4 "},
    {"<?xml version='1.0' encoding='ISO-8859-1'?>\n<a>\xC3\xA9</a>", "xml-encoding@2:4 "},
    {"<?xml version='1.0' encoding='UTF-16'?><a/>", "xml-encoding@1:31 "},
    {"\xEF\xBB\xBF<?xml version='1.0' encoding='latin1'?><a/>", "xml-encoding@1:31 "},
    {"<a>\xE9</a>", "encoding-invalid@1:4 "},
    {"<!DOCTYPE a><a/>", "xml-doctype@1:1 "},
    {"<a" HINTS " ta:type='number'>x</a>", "xml-hint@1:56 "},
    {"<a" HINTS " ta:type='what'/>", "xml-hint@1:39 "},
    {"<a" HINTS "><ta:what/></a>", "xml-hint@1:40 "},
    {"<a" HINTS "><ta:item/></a>", "xml-hint@1:39 "},
    {"<a" HINTS " ta:type='array'><b/>x</a>", "xml-syntax@1:59 "},
    {"<a" HINTS " ta:type='array'><b/><c/></a>", "xml-list@1:59 "},
};

typedef struct write_row {
    const char *in, *out;
} write_row;

static const write_row write_rows[] = {
    {"{\"a\":\"x\"}", "<a>x</a>"},
    {"{\"a\":{\"@b\":\"1\",\"#text\":\"x\"}}", "<a b=\"1\">x</a>"},
    {"{\"a\":{\"@b\":\"1\",\"#text\":2}}", "<a ta:type=\"number\"" HINTS " b=\"1\">2</a>"},
    {"{\"a\":{\"b\":[\"1\",\"2\"]}}", "<a>\n  <b>1</b>\n  <b>2</b>\n</a>"},
    {"{\"a\":{\"@x\":\"\\t\\n\\r\\\"<&>\"}}", "<a x=\"&#9;&#10;&#13;&quot;&lt;&amp;>\"/>"},
    {"{\"a\":\"]]>\\r&\"}", "<a>]]&gt;&#13;&amp;</a>"},
    {"{\"a\":{\"b\":\"x\",\"@c\":\"y\"}}", "<a>\n  <b>x</b>\n  <_x0040_c>y</_x0040_c>\n</a>"},
    {"{\"a\":{\"#text\":\"x\"}}", "<a>\n  <_x0023_text>x</_x0023_text>\n</a>"},
    {"{\"a b\":\"x\"}", "<ta:document" HINTS ">\n  <a_x0020_b>x</a_x0020_b>\n</ta:document>"},
    {"{\"\":1}",
     "<ta:document" HINTS ">\n  <ta:item ta:type=\"number\" ta:key=\"\">1</ta:item>\n"
     "</ta:document>"},
    {"{\"a\":\"\\u0001\\\\\"}", "<a ta:escape=\"json\"" HINTS ">\\u0001\\\\</a>"},
    {"{\"p:a\":{\"@xmlns:p\":\"u\",\"@p:b\":\"1\",\"q:c\":\"2\"}}",
     "<p:a xmlns:p=\"u\" p:b=\"1\">\n  <q_x003A_c>2</q_x003A_c>\n</p:a>"},
    {"{\"a\":{\"@xmlns:p\":\"u\",\"@xmlns:q\":\"u\",\"@p:x\":\"1\",\"@q:x\":\"2\"}}",
     "<a xmlns:p=\"u\" xmlns:q=\"u\" p:x=\"1\">\n  "
     "<_x0040_q_x003A_x>2</_x0040_q_x003A_x>\n</a>"},
    {"{\"a\":[1]}", "<ta:document" HINTS ">\n  <a ta:type=\"array\">\n"
                    "    <ta:item ta:type=\"number\">1</ta:item>\n  </a>\n</ta:document>"},
    {"[\n{\"a\":1}\n]", "<records ta:type=\"array\"" HINTS ">\n  <record>\n"
                        "    <a ta:type=\"number\">1</a>\n  </record>\n</records>"},
    {"[]", "<records ta:type=\"array\"" HINTS ">\n</records>"},
};

static const char places_in[] = "<?xml version='1.0'?>\n"
                                "<r\xC3\xA9 \xC3\xA0='\xC3\xA9&amp;' b = \"2\"\r\n"
                                "  c='>'><d\n"
                                "  e='1'>\xC3\xA9t\xC3\xA9</d>\n"
                                "  <!-- <x>'\" --><f><!-- > --><?p <q>?>t<![CDATA[u]]></f>\n"
                                "  <g/><h></h><i>\xE2\x82\xAC\t1</i><i k='v'>2</i>\n"
                                "  <j>x<l>y</l></j>\n"
                                "</r\xC3\xA9>\n";

/* path, key's place, key, value's place, value */
static const char places_out[] = " 2:1  2:1 \n"
                                 "r\xC3\xA9 2:2 r\xC3\xA9 2:1 \n"
                                 "r\xC3\xA9.@\xC3\xA0 2:5 \xC3\xA0 2:8 \xC3\xA9&amp;\n"
                                 "r\xC3\xA9.@b 2:16 b 2:21 2\n"
                                 "r\xC3\xA9.@c 3:3 c 3:6 >\n"
                                 "r\xC3\xA9.d 3:10 d 3:9 \n"
                                 "r\xC3\xA9.d.@e 4:3 e 4:6 1\n"
                                 "r\xC3\xA9.d.#text 3:10 d 4:9 \xC3\xA9t\xC3\xA9\n"
                                 "r\xC3\xA9.f 5:18 f 5:39 t<![CDATA[u]]>\n"
                                 "r\xC3\xA9.g 6:4 g 6:3 <g/>\n"
                                 "r\xC3\xA9.h 6:8 h 6:7 <h></h>\n"
                                 "r\xC3\xA9.i 6:15 i 6:17 \n"
                                 "r\xC3\xA9.i.0 6:17  6:17 \xE2\x82\xAC\t1\n"
                                 "r\xC3\xA9.i.1 6:24  6:24 \n"
                                 "r\xC3\xA9.i.1.@k 6:27 k 6:30 v\n"
                                 "r\xC3\xA9.i.1.#text 6:25 i 6:33 2\n"
                                 "r\xC3\xA9.j 7:4 j 7:3 <j>x<l>y</l></j>\n";

static const read_row shape_rows[] = {
    {"<things><thing id='7'><name>1</name><n> 5 </n><is-on>true</is-on></thing></things>",
     "[\n{\"id\":7,\"name\":\"1\",\"n\":5,\"on\":true}\n]\n", ""},
    {"<thing><tags><tag>a</tag></tags><part>1</part><maybe/></thing>",
     "{\"tags\":[\"a\"],\"parts\":[1],\"maybe\":null}\n", ""},
    {"<thing><tags/><part>1</part><name/><part>2</part></thing>",
     "{\"tags\":[],\"parts\":[1,2],\"name\":\"\"}\n", ""},
    {"<thing><n>x</n><tags><other/></tags></thing>",
     "{\"n\":\"x\",\"tags\":{\"other\":\"\"}}\n", ""},
    {"<thing><name>a</name><name>b</name></thing>", "", "record-duplicate-key@1:23<1:9 "},
    {"<thing id='1'><id>2</id></thing>", "", "record-duplicate-key@1:16<1:8 "},
    {"<thing x='1'><y z='2'>3</y><y/></thing>",
     "{\"@x\":\"1\",\"y\":[{\"@z\":\"2\",\"#text\":\"3\"},\"\"]}\n", ""},
    {"<other><n>5</n></other>", "{\"other\":{\"n\":\"5\"}}\n", ""},
};

static const write_row shape_out_rows[] = {
    {"[\n{\"id\":7,\"name\":\"1\",\"n\":5,\"on\":true}\n]",
     "<things>\n  <thing id=\"7\">\n    <name>1</name>\n    <n>5</n>\n    <is-on>true</is-on>\n"
     "  </thing>\n</things>"},
    {"{\"tags\":[\"a\"],\"parts\":[1],\"maybe\":null}",
     "<thing>\n  <tags>\n    <tag>a</tag>\n  </tags>\n  <part>1</part>\n  <maybe/>\n</thing>"},
    {"{\"tags\":[],\"parts\":[],\"maybe\":1}",
     "<thing>\n  <tags/>\n  <part ta:type=\"array\"" HINTS "/>\n  <maybe>1</maybe>\n</thing>"},
    {"{\"id\":null,\"n\":\"5\",\"name\":7,\"on\":\"x\"}",
     "<thing>\n  <id ta:type=\"null\"" HINTS "/>\n  <n ta:type=\"text\"" HINTS ">5</n>\n"
     "  <name ta:type=\"number\"" HINTS ">7</name>\n  <is-on>x</is-on>\n</thing>"},
    {"{\"tags\":{\"tag\":\"a\"},\"parts\":\"x\"}",
     "<thing>\n  <tags ta:type=\"object\"" HINTS ">\n    <tag>a</tag>\n  </tags>\n"
     "  <part ta:type=\"text\"" HINTS ">x</part>\n</thing>"},
    {"{\"parts\":[\"x\"]}", "<thing>\n  <part>x</part>\n</thing>"},
    {"{\"parts\":[\"5\"]}", "<thing>\n  <part ta:type=\"array\"" HINTS ">\n"
                            "    <ta:item ta:type=\"text\">5</ta:item>\n  </part>\n</thing>"},
};

/* For documents at random: keys and texts that are no names, or mean something to XML. */
static const char *const odd_keys[] = {"@x",
                                       "@y",
                                       "@xmlns:p",
                                       "@xmlns:q",
                                       "@p:x",
                                       "@q:x",
                                       "@xmlns",
                                       "a",
                                       "b",
                                       "#text",
                                       "",
                                       "a b",
                                       "p:x",
                                       "ta:item",
                                       "_x0020_",
                                       "_x005F_x",
                                       "1",
                                       "@",
                                       "@@",
                                       "\xC3\xA9",
                                       "-",
                                       "\\u0001",
                                       "\xE2\x80\xA8",
                                       "@xmlns:ta",
                                       "xml:lang",
                                       "@xml:lang",
                                       "a:b:c",
                                       "@#text",
                                       "\\ufffe",
                                       "xmlns:a",
                                       "@:",
                                       ":",
                                       "\xF0\x9F\x98\x80",
                                       "@ta:type"};
static const char *const odd_texts[] = {"",
                                        " ",
                                        "x",
                                        "\\n",
                                        "\\t",
                                        "\\r",
                                        "\\r\\n",
                                        "a\\nb",
                                        "<",
                                        ">",
                                        "&",
                                        "]]>",
                                        "\\\"",
                                        "'",
                                        "&amp;",
                                        "\\u0000",
                                        "\\u0001",
                                        "\\\\",
                                        "\\\\u0001\\u0001",
                                        "\\ufffe",
                                        "\\uffff",
                                        "\xE2\x80\xA8",
                                        "\\u007f",
                                        "\xC3\xA9",
                                        "1",
                                        "true",
                                        "null",
                                        "u",
                                        "http://x.org/",
                                        "https://transalp.dev/ns",
                                        "<b>x</b>",
                                        "<!-- -->",
                                        "<![CDATA[x]]>",
                                        "http://www.w3.org/XML/1998/namespace",
                                        "  two  blanks  "};

#endif
