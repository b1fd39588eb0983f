namespace LatentConformance.Torch;

// softmax(−‖z − e_k‖² / τ). Distances are measured: expanded into products they are lost far from the origin. cdist keeps N times K
// numbers, where differences would be N times K times D; where z is a code it gives its root the slope 0, as the square has.
public static class VqProbabilities
{
    [Kernel("vq_probabilities")]
    public static Tensor Forward(Tensor z, Tensor codebook, double temperature)
    {
        CodebookShapes.RefuseUnlessCodebookFits(z.shape[1], codebook);
        Refuse.UnlessPositive("temperature", temperature);
        var distances = cdist(z, codebook, 2, compute_mode.donot_use_mm_for_euclid_dist).square();
        return F.softmax(-distances / temperature, -1);
    }
}
