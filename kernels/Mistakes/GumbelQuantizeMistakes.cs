using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>A discrete choice that does not know whether it trains or is evaluated.</summary>
internal static class GumbelQuantizeMistakes
{
    private const string Forward = "gumbel_quantize";
    private const string Backward = Forward + ".vjp";

    public static IEnumerable<Mistake> All =>
    [
        new Wrong("GS20", "gumbel-in-evaluation", "Tokens are not the same from one evaluation to the next.", "In evaluation take the largest logit, without noise.")
            .Calling(Forward, i => Training(i, 1)),
        new Wrong("GS20", "gumbel-in-evaluation-gradient", "Evaluation passes a gradient.", "In evaluation nothing flows back.")
            .Calling(Backward, i => Training(i, 1)),
        new Wrong("GS21", "no-gumbel-in-training", "The most probable class wins every time: nothing is explored.", "Add the noise in training.")
            .Calling(Forward, i => Training(i, 0)),
        new Wrong("GS21", "no-gumbel-in-training-gradient", "The gradient is that of a plain softmax.", "Add the noise in training.")
            .Calling(Backward, i => With(i, "uniforms", Wrong.Map(i["uniforms"], _ => 0.5))),
        new Wrong("GS20a", "quantizer-flag-inverted", "Training explores nothing, and evaluation is random.", "Add the noise where training is 1.")
            .Calling(Forward, i => Training(i, 1 - i["training"].Int64[0])),
        new Wrong("GS20a", "quantizer-flag-inverted-gradient", "Training passes no gradient.", "Pass the soft gradient where training is 1.")
            .Calling(Backward, i => Training(i, 1 - i["training"].Int64[0])),
        new Wrong("GS20b", "quantizer-gradient-absent", "The encoder does not learn.", "Let the soft weights carry the gradient in training.")
            .Calling(Backward, i => Training(i, 0)),
        new Wrong("GS11a", "soft-in-evaluation", "The decoder is shown blends that it never trained on.", "Return the one-hot in evaluation.")
            .Answering(Forward, i => IsTraining(i) ? [] : Wrong.One("y", Wrong.Right("gumbel_softmax", Without(i))["y"])),
        new Wrong("GS11b", "soft-in-training", "The decoder trains on blends that it is never shown.", "Return the one-hot in training.")
            .Answering(Forward, i => IsTraining(i) ? Wrong.One("y", Wrong.Right("gumbel_softmax", Without(i))["y"]) : []),
        new Wrong("GS12b", "last-of-a-tie-in-evaluation", "Ties go to the highest index.", "Take the first of the largest.")
            .Answering(Forward, i => IsTraining(i) ? [] : LastOfTheLargest(i["logits"])),
        new Wrong("GS12c", "several-ones-in-evaluation", "Embeddings add up where logits are equal.", "Make the one-hot from the argmax, not from y == max(y).", "ericjang/gumbel-softmax#12")
            .Answering(Forward, i => IsTraining(i) ? [] : Wrong.One("y", Matrix(i["logits"], (logits, n, k) => logits[n, k] == Largest(logits, n) ? 1 : 0))),
        new Wrong("GS15e", "quantizer-temperature-ignored-gradient", "The gradient does not sharpen as the temperature falls.", "Divide by the temperature.")
            .Calling(Backward, i => With(i, "temperature", Tensor.Scalar(1))),
        new Wrong("GS09a", "quantizer-temperature-zero-answered", "Nothing is learnt at the end of annealing.", "Refuse a temperature that is not positive.")
            .Unrefused(Forward, i => Wrong.One("y", Wrong.Map(i["logits"], _ => double.NaN))),
    ];

    private static bool IsTraining(Given i) => i["training"].Int64[0] == 1;

    private static Dictionary<string, Tensor> Training(Dictionary<string, Tensor> i, long training) => With(i, "training", new Tensor([], [training]));

    private static Dictionary<string, Tensor> With(Dictionary<string, Tensor> i, string name, Tensor value) => new(i) { [name] = value };

    private static Dictionary<string, Tensor> Without(Given i) => i.Where(x => x.Key != "training").ToDictionary();

    private static Dictionary<string, Tensor> LastOfTheLargest(Tensor logits)
    {
        int Last(int n) => Enumerable.Range(0, logits.Shape[1]).Last(k => logits[n, k] == Largest(logits, n));
        return new()
        {
            ["y"] = Matrix(logits, (_, n, k) => k == Last(n) ? 1 : 0),
            ["indices"] = new Tensor([logits.Shape[0]], [.. Enumerable.Range(0, logits.Shape[0]).Select(n => (long)Last(n))]),
        };
    }

    private static double Largest(Tensor logits, int row) => Enumerable.Range(0, logits.Shape[1]).Max(k => logits[row, k]);

    private static Tensor Matrix(Tensor like, Func<Tensor, int, int, double> element) =>
        new(like.Shape.ToArray(), [.. Enumerable.Range(0, like.Count).Select(e => element(like, e / like.Shape[1], e % like.Shape[1]))]);
}
