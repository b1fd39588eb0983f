namespace LatentConformance.Torch;

// (onehot + p − sg p)·E without the one-hot matrix: the chosen code, and a product of zeros that carries the gradient of every
// probability.
public static class OnehotLookup
{
    [Kernel("onehot_lookup")]
    public static Tensor Forward(Tensor probabilities, Tensor codebook)
    {
        CodebookShapes.RefuseUnlessCodebookFits(codebook.shape[1], codebook);
        if (probabilities.shape[1] != codebook.shape[0])
        {
            throw new RefusalException($"there are {probabilities.shape[1]} probabilities and {codebook.shape[0]} codes");
        }

        var chosen = codebook.index_select(0, probabilities.argmax(-1));
        return chosen + matmul(probabilities - probabilities.detach(), codebook.detach());
    }
}
