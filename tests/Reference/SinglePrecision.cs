using LatentConformance.Contract;

namespace LatentConformance.Tests.Reference;

/// <summary>The formulas as plain float32 code writes them: what a right implementation may answer.</summary>
internal static class SinglePrecision
{
    /// <summary>Ways to add up: none of them is more right than the others.</summary>
    public static readonly Func<float[], float>[] Orders = [Forwards, Backwards, Pairwise, EightLanes];

    /// <summary>A sample a row, a term an element, and the sum in the given order.</summary>
    public static double[] PerSample(Tensor x, Func<float[], float> order, Func<int, float> term)
    {
        var elements = x.Count / x.Shape[0];
        return [.. Enumerable.Range(0, x.Shape[0]).Select(b => (double)order([.. Enumerable.Range(b * elements, elements).Select(term)]))];
    }

    public static double[] PerElement(Tensor x, Func<int, float> element) =>
        [.. Enumerable.Range(0, x.Count).Select(i => (double)element(i))];

    public static float Log1P(float x)
    {
        var u = 1 + x;
        return u == 1 ? x : MathF.Log(u) * (x / (u - 1));
    }

    public static float F(Tensor tensor, int i) => (float)tensor[i];

    /// <summary>What lies beyond the bound that the reference states for float32, a line each.</summary>
    public static string[] Beyond(Tensor answer, double[] values) =>
    [
        .. from i in Enumerable.Range(0, answer.Count)
           let off = Math.Abs(values[i] - answer[i])
           let allowed = answer.Tolerance!.Allowed(i, Precision.Of(DType.Float32), strict: false)
           where !(off <= allowed)
           select $"[{i}] {values[i]} for {answer[i]}: off by {off}, allowed {allowed}",
    ];

    private static float Forwards(float[] terms)
    {
        var sum = 0f;
        foreach (var term in terms)
        {
            sum += term;
        }

        return sum;
    }

    private static float Backwards(float[] terms) => Forwards([.. terms.Reverse()]);

    private static float Pairwise(float[] terms) => terms.Length switch
    {
        0 => 0,
        1 => terms[0],
        var n => Pairwise(terms[..(n / 2)]) + Pairwise(terms[(n / 2)..]),
    };

    /// <summary>As vector units do it: eight running sums, joined at the end.</summary>
    private static float EightLanes(float[] terms) =>
        Forwards([.. Enumerable.Range(0, 8).Select(lane => Forwards([.. terms.Where((_, i) => i % 8 == lane)]))]);
}
