"""Right and wrong functions as people write them, on plain lists: what both judges are asked about."""
from math import exp

from latent_adapter import Declined, operation, run


@operation("kl_standard")
def kl(mu, logvar):
    if [len(m) for m in mu] != [len(v) for v in logvar]:
        raise ValueError("mu and logvar differ in shape")
    if not mu:
        raise Declined("no samples, no opinion")
    return [0.5 * sum(m * m + exp(v) - v - 1 for m, v in zip(ms, vs)) for ms, vs in zip(mu, logvar)]


@operation("reparameterize")
def takes_the_variance_for_the_deviation(mu, logvar, epsilon):
    return [[m + exp(v) * e for m, v, e in zip(*rows)] for rows in zip(mu, logvar, epsilon)]


@operation("vq_assign")
def nearest(z, codebook):
    distances = [[sum((x - c) ** 2 for x, c in zip(row, code)) for code in codebook] for row in z]
    return [row.index(min(row)) for row in distances]


@operation("nats_to_bits")
def never_the_same(nats):
    never_the_same.calls += 1
    return [x / 0.6931471805599453 + never_the_same.calls for x in nats]


never_the_same.calls = 0


@operation("usage_counts")
def falls_over(indices, codebook_size):
    return {}["nothing of that name"]


@operation("squared_error_sum", reduce="mean")
def mean_squared_error(x, x_hat):
    errors = [(a - b) ** 2 for row, row_hat in zip(x, x_hat) for a, b in zip(row, row_hat)]
    return sum(errors) / len(errors)


if __name__ == "__main__":
    run(name="judged", dtype="float64", tensors="list")
