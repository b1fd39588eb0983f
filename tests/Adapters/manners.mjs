// Functions with every bad manner that latent_adapter.mjs has to see.
import { Declined, operation, run } from "../../adapters/node/latent_adapter.mjs";

console.log("Welcome to a library with a banner");
setInterval(() => {}, 1000); // as a library leaves a timer behind

operation("kl_standard", ({ mu, logvar }) => {
  console.log('{"id": 1, "outputs": {"kl": [0]}}');
  process.stdout.write("without a line's end");
  return mu.map((row, b) => row.reduce((total, m, j) => total + 0.5 * (m * m + Math.exp(logvar[b][j]) - logvar[b][j] - 1), 0));
});

operation("kl_standard.vjp", async ({ mu, logvar, d_kl }) => [
  await mu.map((row, b) => row.map((m) => d_kl[b] * m)),
  logvar.map((row, b) => Float64Array.from(row, (v) => d_kl[b] * 0.5 * (Math.exp(v) - 1))),
], { fields: ["d_mu", "d_logvar"] });

operation("squared_error_sum", ({ x }) => {
  x[0][0] = 7;
  return x.map(() => 0);
});

operation("l1", () => {
  throw new RangeError("the first line\nand a second");
});

operation("bce", async () => {
  throw "only a text";
});

operation("psnr", () => {
  throw new Declined("no decibels here");
});

operation("vq_loss", () => [[0], [0]]);
operation("fvu", () => ({ variance: 0 }));
operation("bits_per_dim", () => [undefined]);

operation("top_k", ({ x }) => {
  throw new Declined(`${x.shape}: ${x[0][0]} to ${x.at(-1).at(-1)}`);
});

run({ name: "manners", dtype: "float32" });
