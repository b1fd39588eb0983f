namespace LatentConformance.Contract;

/// <summary>Ways past a choice that has no derivative, other than the straight-through copy: what is quantized already is an input.</summary>
public interface IQuantizerGradient
{
    /// <summary>
    /// The code of the largest probability, lowest index on ties; backward as (onehot + p − sg p)·E, so that every probability
    /// learns and only the chosen code does.
    /// </summary>
    [Operation("onehot_lookup(probabilities: float[N,K], codebook: float[K,D]) -> quantized: float[N,D]")]
    Tensor OnehotLookup(Tensor probabilities, Tensor codebook) => throw new NotImplementedException();

    [Operation("onehot_lookup.vjp(probabilities: float[N,K], codebook: float[K,D], d_quantized: float[N,D]) -> d_probabilities: float[N,K], d_codebook: float[K,D]")]
    (Tensor? DProbabilities, Tensor? DCodebook) OnehotLookupVjp(Tensor probabilities, Tensor codebook, Tensor dQuantized) => throw new NotImplementedException();

    /// <summary>
    /// (‖q‖/‖z‖) R z = q with the rotation R of ẑ onto q̂, R and ‖q‖/‖z‖ constant. Opposite vectors have no such R of their own: there
    /// it is the reflection I + 2 q̂ ẑᵀ. Of a vector of zeros, in z or quantized, nothing is asked.
    /// </summary>
    [Operation("rotation_trick(z: float[N,D], quantized: float[N,D]) -> output: float[N,D]")]
    Tensor RotationTrick(Tensor z, Tensor quantized) => throw new NotImplementedException();

    [Operation("rotation_trick.vjp(z: float[N,D], quantized: float[N,D], d_output: float[N,D]) -> d_z: float[N,D], d_quantized: float[N,D]")]
    (Tensor? DZ, Tensor? DQuantized) RotationTrickVjp(Tensor z, Tensor quantized, Tensor dOutput) => throw new NotImplementedException();

    /// <summary>
    /// z + ‖z − q‖ · v / (‖v‖ + epsilon): noise as long as the quantization error stands in for it, and the error's length carries the
    /// gradient to both ends. At z = q that length has the slope 0.
    /// </summary>
    [Operation("nsvq(z: float[N,D], quantized: float[N,D], noise: float[N,D], epsilon: float) -> output: float[N,D]")]
    Tensor Nsvq(Tensor z, Tensor quantized, Tensor noise, double epsilon) => throw new NotImplementedException();

    [Operation("nsvq.vjp(z: float[N,D], quantized: float[N,D], noise: float[N,D], epsilon: float, d_output: float[N,D]) -> d_z: float[N,D], d_quantized: float[N,D]")]
    (Tensor? DZ, Tensor? DQuantized) NsvqVjp(Tensor z, Tensor quantized, Tensor noise, double epsilon, Tensor dOutput) => throw new NotImplementedException();
}
