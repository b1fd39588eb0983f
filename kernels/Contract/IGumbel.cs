namespace LatentConformance.Contract;

/// <summary>
/// Discrete latents relaxed: N independent choices among K classes. The uniforms that the noise is made of are an input; they lie
/// strictly between 0 and 1. Ties go to the lowest index.
/// </summary>
public interface IGumbel
{
    /// <summary>−log(−log u).</summary>
    [Operation("gumbel_noise(uniforms: float[N,K]) -> noise: float[N,K]")]
    [Domain("uniforms in (0, 1)")]
    Tensor GumbelNoise(Tensor uniforms) => throw new NotImplementedException();

    [Operation("gumbel_noise.vjp(uniforms: float[N,K], d_noise: float[N,K]) -> d_uniforms: float[N,K]")]
    Tensor GumbelNoiseVjp(Tensor uniforms, Tensor dNoise) => throw new NotImplementedException();

    /// <summary>softmax((logits + noise) / temperature) over the classes.</summary>
    [Operation("gumbel_softmax(logits: float[N,K], uniforms: float[N,K], temperature: float) -> y: float[N,K]")]
    [Domain("uniforms in (0, 1)")]
    Tensor GumbelSoftmax(Tensor logits, Tensor uniforms, double temperature) => throw new NotImplementedException();

    [Operation("gumbel_softmax.vjp(logits: float[N,K], uniforms: float[N,K], temperature: float, d_y: float[N,K]) -> d_logits: float[N,K]")]
    Tensor GumbelSoftmaxVjp(Tensor logits, Tensor uniforms, double temperature, Tensor dY) => throw new NotImplementedException();

    /// <summary>The one-hot of the largest class forward, the gradient of the soft y backward: onehot + y − sg(y).</summary>
    [Operation("gumbel_softmax_hard(logits: float[N,K], uniforms: float[N,K], temperature: float) -> y: float[N,K], indices: int[N]")]
    [Domain("uniforms in (0, 1)")]
    (Tensor? Y, Tensor? Indices) GumbelSoftmaxHard(Tensor logits, Tensor uniforms, double temperature) => throw new NotImplementedException();

    [Operation("gumbel_softmax_hard.vjp(logits: float[N,K], uniforms: float[N,K], temperature: float, d_y: float[N,K]) -> d_logits: float[N,K]")]
    Tensor GumbelSoftmaxHardVjp(Tensor logits, Tensor uniforms, double temperature, Tensor dY) => throw new NotImplementedException();

    /// <summary>In training (1) gumbel_softmax_hard; in evaluation (0) the one-hot of the largest logit, without noise and without gradient.</summary>
    [Operation("gumbel_quantize(logits: float[N,K], uniforms: float[N,K], temperature: float, training: int) -> y: float[N,K], indices: int[N]")]
    (Tensor? Y, Tensor? Indices) GumbelQuantize(Tensor logits, Tensor uniforms, double temperature, long training) => throw new NotImplementedException();

    [Operation("gumbel_quantize.vjp(logits: float[N,K], uniforms: float[N,K], temperature: float, training: int, d_y: float[N,K]) -> d_logits: float[N,K]")]
    Tensor GumbelQuantizeVjp(Tensor logits, Tensor uniforms, double temperature, long training, Tensor dY) => throw new NotImplementedException();

    /// <summary>KL(softmax(logits) ‖ uniform) = Σ p log p + log K, a value a choice.</summary>
    [Operation("kl_categorical_uniform(logits: float[N,K]) -> kl: float[N]")]
    Tensor KlCategoricalUniform(Tensor logits) => throw new NotImplementedException();

    [Operation("kl_categorical_uniform.vjp(logits: float[N,K], d_kl: float[N]) -> d_logits: float[N,K]")]
    Tensor KlCategoricalUniformVjp(Tensor logits, Tensor dKl) => throw new NotImplementedException();

    /// <summary>From start to end in equal differences over so many steps, and end ever after.</summary>
    [Operation("temperature_anneal_linear(step: int[N], start: float, end: float, steps: int) -> temperature: float[N]")]
    [Domain("step in [0, inf)")]
    [Domain("start in (0, inf)")]
    [Domain("end in (0, inf)")]
    Tensor TemperatureAnnealLinear(Tensor step, double start, double end, long steps) => throw new NotImplementedException();

    [Operation("temperature_anneal_linear.vjp(step: int[N], start: float, end: float, steps: int, d_temperature: float[N]) -> d_start: float, d_end: float")]
    (Tensor? DStart, Tensor? DEnd) TemperatureAnnealLinearVjp(Tensor step, double start, double end, long steps, Tensor dTemperature) => throw new NotImplementedException();

    /// <summary>From start to end in equal ratios over so many steps, and end ever after.</summary>
    [Operation("temperature_anneal_exponential(step: int[N], start: float, end: float, steps: int) -> temperature: float[N]")]
    [Domain("step in [0, inf)")]
    [Domain("start in (0, inf)")]
    [Domain("end in (0, inf)")]
    Tensor TemperatureAnnealExponential(Tensor step, double start, double end, long steps) => throw new NotImplementedException();

    [Operation("temperature_anneal_exponential.vjp(step: int[N], start: float, end: float, steps: int, d_temperature: float[N]) -> d_start: float, d_end: float")]
    (Tensor? DStart, Tensor? DEnd) TemperatureAnnealExponentialVjp(Tensor step, double start, double end, long steps, Tensor dTemperature) => throw new NotImplementedException();
}
