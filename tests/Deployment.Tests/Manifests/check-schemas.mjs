// Reads Kubernetes objects, one JSON array, from standard input; writes one line for each thing that their schemas do not allow.
// Usage: node check-schemas.mjs MODULES, the folder of the installed packages.
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { readFileSync } from "node:fs";

const packages = { "keda.sh": "@kubernetes-models/keda/keda.sh", "monitoring.coreos.com": "@kubernetes-models/prometheus-operator/monitoring.coreos.com" };

async function schemaOf({ apiVersion, kind }) {
  const group = apiVersion.includes("/") ? apiVersion.split("/")[0] : "";
  const path = packages[group] ? `${packages[group]}/${apiVersion.split("/")[1]}` : `kubernetes-models/${apiVersion}`;
  const file = join(process.argv[2], path, "index.js");
  const found = (await import(pathToFileURL(file)))[kind];
  if (!found) throw new Error(`no schema for ${apiVersion} ${kind}`);
  return found;
}

// The schemas let fields pass that they do not know, which the API server refuses. A field that they know is asked for by its name.
function watched(value, path, known) {
  if (value === null || typeof value !== "object") return value;
  return new Proxy(value, {
    get(target, key) {
      if (typeof key !== "string" || !Object.hasOwn(target, key)) return target[key];
      known.add(`${path}/${key}`);
      return watched(target[key], `${path}/${key}`, known);
    },
    ownKeys(target) {
      return Reflect.ownKeys(target);
    },
  });
}

function* unknown(value, path, known) {
  if (value === null || typeof value !== "object") return;
  for (const key of Object.keys(value)) {
    const below = `${path}/${key}`;
    if (!known.has(below)) yield below;
    else yield* unknown(value[key], below, known);
  }
}

for (const object of JSON.parse(readFileSync(0, "utf8"))) {
  const name = `${object.kind} ${object.metadata?.name}`;
  try {
    const known = new Set();
    const schema = await schemaOf(object);
    schema.prototype.validate.call(watched(object, "", known));
    for (const path of unknown(object, "", known)) console.log(`${name}: ${path} is no field of the schema`);
  } catch (error) {
    console.log(`${name}: ${error.message}`);
  }
}
