namespace LatentConformance.Contract;

/// <summary>What keeps a codebook in use by a gradient: soft assignments, and codes that are pushed apart.</summary>
public interface ICodebookDiversity
{
    /// <summary>softmax over the codes of −‖z − e_k‖² / temperature: what an entropy is taken of, or a code drawn from.</summary>
    [Operation("vq_probabilities(z: float[N,D], codebook: float[K,D], temperature: float) -> probabilities: float[N,K]")]
    Tensor VqProbabilities(Tensor z, Tensor codebook, double temperature) => throw new NotImplementedException();

    [Operation("vq_probabilities.vjp(z: float[N,D], codebook: float[K,D], temperature: float, d_probabilities: float[N,K]) -> d_z: float[N,D], d_codebook: float[K,D]")]
    (Tensor? DZ, Tensor? DCodebook) VqProbabilitiesVjp(Tensor z, Tensor codebook, double temperature, Tensor dProbabilities) => throw new NotImplementedException();

    /// <summary>
    /// Of the M selected codes of each of H heads: the mean of the squared cosines of all M² pairs, over the heads too, less the
    /// 1/M of the codes with themselves. A code of zeros is at right angles to all and gets no gradient.
    /// </summary>
    [Operation("orthogonality_loss(codebook: float[H,K,D], selected: int[M]) -> loss: float")]
    [Domain("selected in [0, K)")]
    Tensor OrthogonalityLoss(Tensor codebook, Tensor selected) => throw new NotImplementedException();

    [Operation("orthogonality_loss.vjp(codebook: float[H,K,D], selected: int[M], d_loss: float) -> d_codebook: float[H,K,D]")]
    Tensor OrthogonalityLossVjp(Tensor codebook, Tensor selected, double dLoss) => throw new NotImplementedException();
}
