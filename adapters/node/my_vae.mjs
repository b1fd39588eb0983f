// Your VAE, held against LatentConformance. Put your own functions in place of the ones here, then type
//
//     latent verify -- node my_vae.mjs
//
// `latent ops` lists what can be asked, with the names and axes of inputs and outputs. What you leave out is not held against you.

import { operation, run } from "./latent_adapter.mjs";

const sum = (numbers) => numbers.reduce((total, x) => total + x, 0);

// One value a sample: the sum over the last axis, never over the batch. Where yours does something else, say so:
// operation("kl_standard", kl, { reduce: "mean" }), and the verdict is reached under that convention.
operation("kl_standard", ({ mu, logvar }) =>
  mu.map((row, b) => 0.5 * sum(row.map((m, j) => m * m + Math.exp(logvar[b][j]) - logvar[b][j] - 1))));

// A gradient is an operation of its own: the inputs, a d_ for each output, and out comes a d_ for each input.
operation("kl_standard.vjp", ({ mu, logvar, d_kl }) => ({
  d_mu: mu.map((row, b) => row.map((m) => d_kl[b] * m)),
  d_logvar: logvar.map((row, b) => row.map((v) => d_kl[b] * 0.5 * (Math.exp(v) - 1))),
}));

// More of them, to uncomment and replace:
//
// operation(["vq_quantize", "vq_loss"], async ({ z, codebook, beta = 0.25 }) => {     // one forward for two operations
//   const { zq, indices, loss } = await quantizer(z, codebook, beta);
//   return [{ shape: z.shape, data: await zq.data() }, await indices.data(), loss];   // flat data, as libraries give it
// }, { fields: ["quantized", "indices", "loss"], beta: "legacy" });
//
// operation("reparameterize", ({ mu, logvar, epsilon }) => sample(mu, logvar, () => epsilon)); // noise is an input: draw none

run({ name: "my-vae", version: "0", dtype: "float64" });
