// SPDX-License-Identifier: MIT
// Validates a JSON file, or each line of a JSONL file, with ajv; prints the verdict and the milliseconds of validation.
"use strict";
const fs = require("fs");
const readline = require("readline");
const path = require("path");
const [modules, schema, file] = process.argv.slice(2);
const Ajv = require(path.join(modules, "ajv", "dist", "2020")).default;
const ajv = new Ajv({ strict: false, validateFormats: false });
const validate = ajv.compile(JSON.parse(fs.readFileSync(schema, "utf8")));

async function validateLines() {
  let valid = true;
  for await (const line of readline.createInterface({ input: fs.createReadStream(file) }))
    valid = validate(JSON.parse(line)) && valid;
  return valid;
}

async function main() {
  if (file.endsWith(".jsonl")) {
    console.log(await validateLines());
    return;
  }
  const data = JSON.parse(fs.readFileSync(file, "utf8"));
  const start = process.hrtime.bigint();
  console.log(validate(data), Number(process.hrtime.bigint() - start) / 1e6);
}

main();
