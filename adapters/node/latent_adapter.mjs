// Holds your VAE code against LatentConformance: name functions with operation(), call run(), type `latent verify -- node FILE`.
//
//   operation("kl_standard", ({ mu, logvar }) => ...)     the name and the inputs are the contract's, as `latent ops` lists them
//
// Tensors arrive as nested arrays of plain numbers, x[row][column], with their axes in x.shape; single numbers as numbers. They
// are frozen: work on a copy. Return the same, typed arrays, or { shape, data } with flat data. No packages, Node 18 and later.

const served = new Map();

/** Throw it to pass on a case; the reason is shown, and nothing fails. */
export class Declined extends Error {}

/**
 * Serves one operation, or several with a composite: operation(["vq_quantize", "vq_loss"], ...). The function may be async.
 * It returns the value of a single output, or an object by the names of the outputs. What it throws becomes the answer's error.
 *
 * fields       what a returned array holds, in its order; of it each operation takes the outputs that it has
 * conventions  where your code departs from the house: { reduce: "mean", beta: "legacy", logvar_clamp: [-30, 20] }
 */
export function operation(names, fn, { fields, ...conventions } = {}) {
  for (const name of [names].flat()) served.set(name, { fn, fields, conventions });
}

// -- inputs

const WORDS = { NaN: NaN, inf: Infinity, "-inf": -Infinity };
const number = (value) => (typeof value === "string" ? WORDS[value] : value);

function whole(value) {
  if (Number.isSafeInteger(Number(value))) return Number(value);
  throw new Declined("a whole number from 2^53 on, which JavaScript's numbers do not hold");
}

function unpacked(base64, dtype) {
  const bytes = new Uint8Array(Buffer.from(base64, "base64")); // a copy, which begins where eight-byte numbers may begin
  const kind = { float64: Float64Array, int64: BigInt64Array }[dtype] ?? Float32Array;
  return new kind(bytes.buffer);
}

function nested(flat, shape, one) {
  let at = 0;
  const level = (axis) => {
    const list = [];
    const last = axis === shape.length - 1;
    for (let i = 0; i < shape[axis]; i++) list.push(last ? one(flat[at++]) : level(axis + 1));
    // Arrays show no axis behind one of length 0: hence shape, which no loop over the array meets.
    return Object.freeze(axis > 0 ? list : Object.defineProperty(list, "shape", { value: Object.freeze(shape) }));
  };
  return level(0);
}

function decoded(wire) {
  if (typeof wire !== "object") return number(wire);
  const flat = wire.base64 === undefined ? wire.data : unpacked(wire.base64, wire.dtype);
  return nested(flat, wire.shape, wire.dtype === "int64" ? whole : number);
}

// -- outputs

const isList = (value) => Array.isArray(value) || ArrayBuffer.isView(value);
const isValue = (value) => typeof value !== "object" || isList(value) || (isList(value.data) && isList(value.shape));

/** As JSON. JSON.stringify would make null of NaN, and 0 of -0. */
function encoded(value) {
  if (typeof value === "number") {
    if (Object.is(value, -0)) return "-0.0";
    return Number.isFinite(value) ? `${value}` : Number.isNaN(value) ? '"NaN"' : value > 0 ? '"inf"' : '"-inf"';
  }
  if (typeof value === "bigint" || typeof value === "boolean") return `${BigInt(value)}`;
  if (Array.isArray(value) && value.shape?.includes(0)) return `{"shape":[${value.shape}],"data":[]}`;
  if (isList(value)) return `[${Array.from(value, encoded).join(",")}]`;
  if (value && isValue(value) && typeof value === "object") return `{"shape":${encoded(value.shape)},"data":${encoded(value.data)}}`;
  throw new TypeError(`returned ${value === null ? value : typeof value} where a number belongs`);
}

function named(result, outputs, fields) {
  if (result === null || result === undefined) throw new TypeError(`returned ${result}; expected ${outputs.join(", ")}`);
  if (fields && Array.isArray(result)) {
    if (result.length !== fields.length) throw new TypeError(`returned ${result.length} values for ${fields.join(", ")}`);
    return Object.fromEntries(fields.map((name, i) => [name, result[i]]));
  }
  if (!isValue(result)) return result;
  if (outputs.length === 1) return { [outputs[0]]: result };
  throw new TypeError(`returned one value for ${outputs.join(", ")}; return an object with these names, or say fields: [...]`);
}

async function answered({ op, inputs }, catalogue) {
  const { fn, fields } = served.get(op);
  const given = Object.fromEntries(Object.entries(inputs).map(([name, wire]) => [name, decoded(wire)]));
  const { outputs } = catalogue[op];
  const result = named(await fn(given), outputs, fields);
  const kept = outputs.filter((name) => result[name] !== undefined && result[name] !== null);
  if (kept.length === 0) throw new TypeError(`returned ${Object.keys(result).join(", ")}; expected some of ${outputs.join(", ")}`);
  return `"outputs":{${kept.map((name) => `${JSON.stringify(name)}:${encoded(result[name])}`).join(",")}}`;
}

// -- the protocol

const oneLine = (text) => JSON.stringify(String(text).replace(/\s+/g, " ").trim());

async function reply(asked, catalogue) {
  if (!served.has(asked.op)) return `"unsupported":true`;
  try {
    return await answered(asked, catalogue);
  } catch (wrong) {
    if (wrong instanceof Declined) return `"declined":${oneLine(wrong.message)}`;
    console.error(wrong);
    return `"error":${oneLine(wrong instanceof Error ? `${wrong.name}: ${wrong.message}` : wrong)}`;
  }
}

/** The gradient of an operation with a convention has it too. */
function byOperation() {
  const own = (op) => Object.entries(served.get(op)?.conventions ?? {});
  const all = [...served.keys()].map((op) => [op, own(op).length ? own(op) : own(op.replace(/\.vjp$/, ""))]);
  return Object.fromEntries(all.filter(([, given]) => given.length).map(([op, given]) => [op, Object.fromEntries(given)]));
}

/** A line of a hundred mebibytes comes in thousands of pieces, which are put together once. */
async function* lines(stream) {
  let pieces = [];
  for await (const chunk of stream) {
    let from = 0;
    for (let end; (end = chunk.indexOf(10, from)) >= 0; from = end + 1) {
      yield Buffer.concat([...pieces, chunk.subarray(from, end)]).toString();
      pieces = [];
    }
    if (from < chunk.length) pieces.push(chunk.subarray(from));
  }
  if (pieces.length) yield Buffer.concat(pieces).toString();
}

/** Answers until stdin ends, and leaves. dtype is the precision you compute in; what else is given are conventions for all. */
export async function run({ name = "adapter", version = "0", dtype = "float64", device = "cpu", profile, ...conventions } = {}) {
  if (process.stdin.isTTY) {
    console.error(`this answers questions on stdin; type: latent verify -- node ${process.argv[1]}`);
    process.exit(1);
  }
  const wire = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr); // console.log, and whoever writes to stdout himself
  let catalogue;
  for await (const line of lines(process.stdin)) {
    if (!line.trim()) continue;
    const asked = JSON.parse(line);
    let text;
    if ("hello" in asked) {
      catalogue = asked.operations;
      const operations = [...served.keys()];
      text = JSON.stringify({ protocol: 1, name, version, dtype, device, operations, conventions, by_operation: byOperation(), profile });
    } else {
      text = `{"id":${JSON.stringify(asked.id)},${await reply(asked, catalogue)}}`;
    }
    await new Promise((written) => wire(`${text}\n`, written));
  }
  process.exit(); // all is written; a timer or a socket of some library must not keep the process
}
