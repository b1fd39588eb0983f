using LatentConformance.Contract;

namespace LatentConformance.Reference;

/// <summary>Several codebooks of one size, [Q, K, D]: each as a table of its own.</summary>
internal static class Codebooks
{
    public static Tensor[] Each(Tensor codebooks)
    {
        var (count, codes, width) = (codebooks.Shape[0], codebooks.Shape[1], codebooks.Shape[2]);
        if (count == 0 || codes == 0)
        {
            throw new RefusalException(count == 0 ? "there are no codebooks" : "the codebooks hold no codes");
        }

        return [.. Enumerable.Range(0, count).Select(q => new Tensor(
            [codes, width],
            [.. Enumerable.Range(q * codes * width, codes * width).Select(i => codebooks[i])]))];
    }

    /// <summary>The gradient of looking codes up: each code gets the sum over those that took it. −1 took none.</summary>
    /// <param name="pull">What sample n gives to dimension j of the code that it took.</param>
    public static Tensor Scattered(Tensor codebooks, Tensor indices, Func<int, int, Real> pull)
    {
        var (stages, codes, width) = (codebooks.Shape[0], codebooks.Shape[1], codebooks.Shape[2]);
        var members = Enumerable.Range(0, indices.Count)
            .ToLookup(place => (Stage: place % stages, Code: indices.Int64[place]), place => place / stages);
        return Answers.Like(codebooks, i =>
            Real.Sum([.. members[(i / (codes * width), i / width % codes)].Select(n => pull(n, i % width))]));
    }
}
