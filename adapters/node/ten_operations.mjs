// Ten operations and nine more in plain JavaScript, in forms that neither overflow nor cancel: latent verify -- node ten_operations.mjs
// Written from the formulas and from protocol.md, not from the reference. Bad arguments are refused by a RangeError.

import { operation, run } from "./latent_adapter.mjs";

const sum = (numbers) => numbers.reduce((total, x) => total + x, 0);
const zip = (f, first, ...others) => first.map((x, i) => f(x, ...others.map((o) => o[i])));
const each = (f, first, ...others) => zip((...rows) => zip(f, ...rows), first, ...others); // element by element, over two axes
const zeros = (rows, columns) => Array.from({ length: rows }, () => new Float64Array(columns));

function refuse(when, why) {
  if (when) throw new RangeError(why);
}

/** JavaScript does not broadcast, and reads undefined beyond the end: what does not fit would become NaN. */
function alike(...tensors) {
  refuse(new Set(tensors.map((t) => `${t.shape}`)).size > 1, `shapes differ: ${tensors.map((t) => `[${t.shape}]`).join(", ")}`);
}

// -- the Gaussian latent

/** exp(v) - v - 1. Near 0 both roundings are larger than what is left, v^2/2, and the series has no difference in it. */
function excess(v) {
  if (!(Math.abs(v) < 0.5)) return Math.exp(v) - v - 1;
  let total = 0;
  for (let n = 2, term = (v * v) / 2; n < 20; n++, term *= v / n) total += term;
  return total;
}

operation("kl_standard", ({ mu, logvar }) => {
  alike(mu, logvar);
  return each((m, v) => 0.5 * (m * m + excess(v)), mu, logvar).map(sum);
});

operation("kl_standard.vjp", ({ mu, logvar, d_kl }) => ({
  d_mu: zip((row, d) => row.map((m) => d * m), mu, d_kl),
  d_logvar: zip((row, d) => row.map((v) => d * 0.5 * Math.expm1(v)), logvar, d_kl),
}));

operation("reparameterize", ({ mu, logvar, epsilon }) => {
  alike(mu, logvar, epsilon);
  return each((m, v, e) => m + Math.exp(v / 2) * e, mu, logvar, epsilon);
});

operation("reparameterize.vjp", ({ logvar, epsilon, d_z }) => ({
  d_mu: d_z,
  d_logvar: each((v, e, d) => d * e * 0.5 * Math.exp(v / 2), logvar, epsilon, d_z),
  d_epsilon: each((v, d) => d * Math.exp(v / 2), logvar, d_z),
}));

// -- vector quantization. Differences are squared as they are: z^2 - 2 z e + e^2 cancels far from the origin.

const squaredDistance = (z, e) => sum(zip((a, b) => (a - b) ** 2, z, e));

function nearest(z, codebook) {
  refuse(codebook.length === 0, "a codebook without codes");
  refuse(z.shape[1] !== codebook.shape[1], `rows of ${z.shape[1]} numbers, codes of ${codebook.shape[1]}`);
  return z.map((row) => {
    const distances = codebook.map((code) => squaredDistance(row, code));
    let best = 0;
    distances.forEach((d, k) => { if (d < distances[best]) best = k; });
    const broken = distances.findIndex(Number.isNaN); // a code that is not a number is to be seen, and < never sees it
    return broken < 0 ? best : broken;
  });
}

operation("vq_assign", ({ z, codebook }) => nearest(z, codebook));

operation("vq_quantize", ({ z, codebook }) => {
  const indices = nearest(z, codebook);
  return { quantized: indices.map((k) => codebook[k]), indices };
});

// Straight through: the rows get the gradient of their codes, and the codes none.
operation("vq_quantize.vjp", ({ codebook, d_quantized }) => ({ d_z: d_quantized, d_codebook: zeros(...codebook.shape) }));

operation("vq_loss", ({ z, codebook, beta }) => {
  refuse(Number.isNaN(beta), "beta is not a number");
  const term = zip((row, k) => squaredDistance(row, codebook[k]), z, nearest(z, codebook));
  return { loss: term.map((t) => (1 + beta) * t), codebook_term: term, commitment_term: term };
});

operation("vq_loss.vjp", ({ z, codebook, beta, d_loss }) => {
  const d_codebook = zeros(...codebook.shape);
  const d_z = zip((row, k, d) => zip((a, e, j) => {
    d_codebook[k][j] += 2 * d * (e - a);
    return 2 * beta * d * (a - e);
  }, row, codebook[k], [...row.keys()]), z, nearest(z, codebook), d_loss);
  return { d_z, d_codebook };
});

// -- finite scalar quantization

function bound(levels) {
  const half = ((levels - 1) * 1.001) / 2;
  const offset = levels % 2 === 0 ? 0.5 : 0;
  return { half, offset, shift: Math.atanh(offset / half), width: Math.floor(levels / 2) };
}

/** Math.round takes 2.5 to 3; to the even neighbour is 2. */
function roundHalfEven(x) {
  const below = Math.floor(x);
  return x - below === 0.5 ? 2 * Math.round(below / 2) : Math.round(x);
}

operation("fsq", ({ z, levels }) => {
  refuse(z.shape[1] !== levels.length, `${levels.length} levels for ${z.shape[1]} dimensions`);
  refuse(levels.some((l) => l < 2), "fewer than two levels");
  const bounds = levels.map(bound);
  return z.map((row) => zip((x, b) => roundHalfEven(Math.tanh(x + b.shift) * b.half - b.offset) / b.width, row, bounds));
});

// 1 - tanh^2 cancels where tanh is near 1; the square of 1/cosh does not.
operation("fsq.vjp", ({ z, levels, d_codes }) => {
  const bounds = levels.map(bound);
  return zip((row, given) => zip((x, d, b) => (d * b.half) / b.width / Math.cosh(x + b.shift) ** 2, row, given, bounds), z, d_codes);
});

operation("fsq_codes_to_indices", ({ codes, levels }) => codes.map((row) => {
  const digits = zip((c, l) => Math.round(c * Math.floor(l / 2)) + Math.floor(l / 2), row, levels);
  refuse(digits.some((digit, i) => !(digit >= 0 && digit < levels[i])), "a code off the grid");
  return digits.reduceRight((index, digit, i) => index * levels[i] + digit, 0); // the first dimension is the fastest
}));

operation("fsq_indices_to_codes", ({ indices, levels }) => {
  const size = levels.reduce((product, l) => product * l, 1);
  refuse(indices.some((k) => k < 0 || k >= size), `an index outside of 0 to ${size - 1}`);
  return { shape: [indices.length, levels.length], data: indices.flatMap((k) => levels.map((l) => {
    const digit = k % l;
    k = Math.floor(k / l);
    return (digit - Math.floor(l / 2)) / Math.floor(l / 2);
  })) };
});

// -- cross-entropy of logits

const sigmoid = (l) => (l >= 0 ? 1 / (1 + Math.exp(-l)) : Math.exp(l) / (1 + Math.exp(l)));

operation("bce_logits", ({ x, logits }) => {
  alike(x, logits);
  return each((p, l) => Math.max(l, 0) - l * p + Math.log1p(Math.exp(-Math.abs(l))), x, logits).map(sum);
});

operation("bce_logits.vjp", ({ x, logits, d_loss }) =>
  zip((xs, ls, d) => zip((p, l) => d * (sigmoid(l) - p), xs, ls), x, logits, d_loss));

// -- a categorical latent, and many samples: all by the shifted exponential

/** The largest, the exponentials of the differences to it, their sum. */
function shifted(row) {
  const top = row.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = row.map((x) => Math.exp(x - top));
  return { top, powers, total: sum(powers) };
}

const softmax = (row) => {
  const { powers, total } = shifted(row);
  return powers.map((p) => p / total);
};

operation("kl_categorical_uniform", ({ logits }) => logits.map((row) => {
  const { top, powers, total } = shifted(row);
  return Math.log(row.length / total) + sum(zip((x, p) => (p > 0 ? (p / total) * (x - top) : 0), row, powers));
}));

// p_k (log p_k - sum of p log p): in the differences to the largest logit the normalizer drops out.
operation("kl_categorical_uniform.vjp", ({ logits, d_kl }) => zip((row, d) => {
  const { top, powers, total } = shifted(row);
  const terms = zip((x, p) => (p > 0 ? (p / total) * (x - top) : 0), row, powers);
  const mean = sum(terms);
  return zip((term, p) => d * (term - (p / total) * mean), terms, powers);
}, logits, d_kl));

operation("iwae_bound", ({ log_weights }) => {
  refuse(log_weights.shape[1] === 0, "no weights");
  return log_weights.map((row) => {
    const { top, total } = shifted(row);
    return top + Math.log(total / row.length);
  });
});

operation("iwae_bound.vjp", ({ log_weights, d_bound }) => zip((row, d) => softmax(row).map((w) => d * w), log_weights, d_bound));

// -- the use of a codebook

function counted(indices, size) {
  refuse(size < 1, "a codebook without codes");
  const counts = Array.from({ length: size }, () => 0);
  for (const k of indices) {
    refuse(k < 0 || k >= size, `there is no code ${k}`);
    counts[k]++;
  }
  return counts;
}

function perplexity(counts) {
  const total = sum(counts);
  refuse(total === 0 || counts.some((n) => n < 0), "no counts, or less than none");
  return Math.exp(-sum(counts.map((n) => (n > 0 ? (n / total) * Math.log(n / total) : 0))));
}

operation("usage_counts", ({ indices, codebook_size }) => counted(indices, codebook_size));
operation("perplexity", ({ counts }) => perplexity(counts));
operation("epoch_usage", ({ indices, codebook_size }) => {
  const counts = counted(indices.flat(), codebook_size);
  return [counts, counts.filter((n) => n > 0).length / codebook_size, perplexity(counts)];
}, { fields: ["counts", "fraction", "perplexity"] });

// -- figures

operation("psnr", ({ x, x_hat, data_range }) => {
  alike(x, x_hat);
  refuse(!(data_range > 0), "no range");
  return zip((xs, ys) => 10 * Math.log10((data_range ** 2 * xs.length) / squaredDistance(xs, ys)), x, x_hat);
});

operation("psnr.vjp", ({ x, x_hat, d_psnr }) => zip((xs, ys, d) => {
  const total = squaredDistance(xs, ys);
  return zip((a, b) => (-20 / Math.LN10) * d * ((b - a) / total), xs, ys);
}, x, x_hat, d_psnr));

operation("nats_to_bits", ({ nats }) => nats.map((n) => n / Math.LN2));
operation("nats_to_bits.vjp", ({ d_bits }) => d_bits.map((d) => d / Math.LN2));

// A logarithm is a little more than a whole number where it should be one; doubling is exact.
operation("index_bits", ({ codebook_size }) => codebook_size.map((size) => {
  refuse(size < 1, "a codebook without codes");
  let bits = 0;
  while (2 ** bits < size) bits++;
  return bits;
}));

operation("active_units", ({ mu, threshold }) => {
  refuse(mu.length === 0, "no data");
  return mu[0].filter((_, j) => {
    const column = mu.map((row) => row[j]);
    const mean = sum(column) / column.length;
    return sum(column.map((m) => (m - mean) ** 2)) / column.length > threshold;
  }).length;
});

// -- four axes

operation("pixel_shuffle", ({ x, factor }) => {
  const [batch, channels, height, width] = x.shape;
  refuse(factor < 1 || channels % (factor * factor) !== 0, `${channels} channels do not make squares of ${factor}`);
  const shape = [batch, channels / factor ** 2, height * factor, width * factor];
  const data = [];
  for (let b = 0; b < shape[0]; b++)
    for (let c = 0; c < shape[1]; c++)
      for (let p = 0; p < shape[2]; p++)
        for (let q = 0; q < shape[3]; q++)
          data.push(x[b][(c * factor + (p % factor)) * factor + (q % factor)][Math.floor(p / factor)][Math.floor(q / factor)]);
  return { shape, data };
});

run({ name: "ten-operations", version: "1", dtype: "float64" });
