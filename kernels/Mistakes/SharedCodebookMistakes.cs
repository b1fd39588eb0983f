using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>Residual stages that share a codebook: when it is updated, with the statistics of which stages, how often it decays.</summary>
internal static class SharedCodebookMistakes
{
    private const string Operation = "rvq_shared_train_step";

    /// <summary>The codebook after a step, from that before and the vectors of each stage with their codes.</summary>
    private delegate LearnedCodebook Learn(LearnedCodebook before, (int Code, double[] Vector)[][] stages, Given i);

    public static IEnumerable<Mistake> All =>
    [
        new Wrong("EM18", "shared-updated-between-stages", "Indices cannot be decoded: later stages looked up in another codebook.", "Update once, after all stages.", "lucidrains/vector-quantize-pytorch#162")
            .Answering(Operation, UpdatedBetween),
        Learned("EM18a", "decayed-once-a-stage", "The horizon is shorter by the number of stages.", "Add the statistics of all stages, then update once.", (before, stages, i) =>
            stages.Aggregate(before, (state, stage) => Updated(state, stage, i))),
        Learned("EM18b", "first-stage-learned-alone", "The codebook knows whole vectors and no residuals.", "Add the statistics of all stages.", (before, stages, i) => Updated(before, stages[0], i)),
        Learned("EM18c", "last-stage-learned-alone", "The codebook shrinks to the finest residuals.", "Add the statistics of all stages.", (before, stages, i) => Updated(before, stages[^1], i)),
        Learned("EM18d", "stages-averaged", "Counts are those of an average stage.", "Add the statistics of the stages; do not average them.", (before, stages, i) =>
            new EmaRecipe { Count = (n, _) => (double)n / stages.Length, Sum = values => values.Sum() / stages.Length }.Update(before, [.. stages.SelectMany(s => s)], i["decay"][0], i["epsilon"][0])),
        Learned("EM18e", "whole-vectors-for-residuals", "Fine codes are drawn to whole vectors.", "A stage's statistics are of its own residual.", (before, stages, i) =>
            Updated(before, [.. stages.SelectMany(stage => stage.Select((pair, n) => (pair.Code, stages[0][n].Vector)))], i)),
        Learned("EM18f", "what-is-left-for-residuals", "Codes are drawn to the errors that they leave.", "A stage's statistics are of what it was given, not of what it leaves.", (before, stages, i) =>
            Updated(before, [.. stages.SelectMany(stage => stage.Select(pair => (pair.Code, pair.Vector.Zip(before.Codes[pair.Code], (r, e) => r - e).ToArray())))], i)),
        .. EmaMistakes.InSteps(
            (wrong, recipe) => Learned(wrong.Id + "s", wrong.Name, wrong.Symptom, wrong.Mend, (before, stages, i) => recipe.Update(before, [.. stages.SelectMany(s => s)], i["decay"][0], i["epsilon"][0]), wrong.Source),
            "EM04", "EM06", "EM07", "EM09", "EM10", "EM11", "EM14"),
        new Wrong("RQ02s", "shared-last-stage-only", "Outputs are small: only the finest correction is left.", "Add the codes of all stages.")
            .Answering(Operation, i => Quantized(i, codes => codes[^1])),
        new Wrong("RQ04s", "shared-first-stage-only", "Later stages make no difference.", "Add the codes of all stages.")
            .Answering(Operation, i => Quantized(i, codes => codes[0])),
        new Wrong("RQ15s", "shared-stages-before-samples", "Indices come as [Q, N].", "Stack the indices along the last axis.")
            .Answering(Operation, i => Indices(i, Stages(LearnedCodebook.Of(i), i).SelectMany(stage => stage.Select(p => p.Code)), [(int)i["stages"][0], i["z"].Shape[0]])),
        new Wrong("RQ16s", "shared-no-residual-taken", "Every stage quantizes the same vector.", "Subtract the code before the next stage.")
            .Answering(Operation, i => Answered(LearnedCodebook.Of(i), Stages(LearnedCodebook.Of(i), i, taken: 0), i)),
        new Wrong("EM01s", "shared-update-before-look-up", "The commitment loss is too small.", "Look up with the codebook as it came in, then update.", "lucidrains/vector-quantize-pytorch#49")
            .Answering(Operation, i =>
            {
                var before = LearnedCodebook.Of(i);
                var after = Updated(before, [.. Stages(before, i).SelectMany(s => s)], i);
                var answer = Answered(after, Stages(after, i), i);
                after.Answer(i).ToList().ForEach(state => answer[state.Key] = state.Value);
                return answer;
            }),
    ];

    private static Mistake Learned(string id, string name, string symptom, string mend, Learn learn, string? source = null) =>
        new Wrong(id, "shared-" + name, symptom, mend, source).Answering(Operation, i =>
        {
            var before = LearnedCodebook.Of(i);
            return learn(before, Stages(before, i), i).Answer(i);
        });

    private static LearnedCodebook Updated(LearnedCodebook before, IReadOnlyList<(int Code, double[] Vector)> batch, Given i) =>
        EmaRecipe.Right.Update(before, batch, i["decay"][0], i["epsilon"][0]);

    private static Dictionary<string, Tensor> UpdatedBetween(Given i)
    {
        var state = LearnedCodebook.Of(i);
        var left = LearnedCodebook.Rows(i["z"]);
        var (codes, indices) = (new List<double[][]>(), new List<int[]>());
        for (var s = 0; s < i["stages"][0]; s++)
        {
            int[] taken = [.. left.Select(state.Nearest)];
            double[][] found = [.. taken.Select(k => state.Codes[k])];
            state = Updated(state, [.. taken.Zip(left)], i);
            left = [.. left.Zip(found, (r, e) => r.Zip(e, (a, b) => a - b).ToArray())];
            codes.Add(found);
            indices.Add(taken);
        }

        var answer = state.Answer(i);
        var z = LearnedCodebook.Rows(i["z"]);
        answer["quantized"] = LearnedCodebook.Matrix(i["z"], z.Select((row, n) => row.Select((_, j) => codes.Sum(c => c[n][j])).ToArray()));
        answer["indices"] = new Tensor([z.Length, indices.Count], [.. from n in Enumerable.Range(0, z.Length) from taken in indices select (long)taken[n]]);
        return answer;
    }

    /// <summary>What each stage is given, with the code that it takes, all of one codebook.</summary>
    /// <param name="taken">How much of a code is subtracted before the next stage.</param>
    private static (int Code, double[] Vector)[][] Stages(LearnedCodebook codebook, Given i, double taken = 1)
    {
        var left = LearnedCodebook.Rows(i["z"]);
        return [.. Enumerable.Range(0, (int)i["stages"][0]).Select(_ =>
        {
            (int Code, double[] Vector)[] stage = [.. left.Select(row => (codebook.Nearest(row), row))];
            left = [.. stage.Select(p => p.Vector.Zip(codebook.Codes[p.Code], (r, e) => r - (taken * e)).ToArray())];
            return stage;
        })];
    }

    private static Dictionary<string, Tensor> Answered(LearnedCodebook looked, (int Code, double[] Vector)[][] stages, Given i)
    {
        var answer = Updated(looked, [.. stages.SelectMany(s => s)], i).Answer(i);
        answer["quantized"] = LearnedCodebook.Matrix(i["z"], Enumerable.Range(0, i["z"].Shape[0]).Select(n =>
            Enumerable.Range(0, i["z"].Shape[1]).Select(j => stages.Sum(stage => looked.Codes[stage[n].Code][j])).ToArray()));
        answer["indices"] = new Tensor([i["z"].Shape[0], stages.Length], [.. from n in Enumerable.Range(0, i["z"].Shape[0]) from stage in stages select (long)stage[n].Code]);
        return answer;
    }

    private static Dictionary<string, Tensor> Quantized(Given i, Func<double[][], double[]> output)
    {
        var state = LearnedCodebook.Of(i);
        var stages = Stages(state, i);
        return Wrong.One("quantized", LearnedCodebook.Matrix(i["z"], Enumerable.Range(0, i["z"].Shape[0]).Select(n =>
            output([.. stages.Select(stage => state.Codes[stage[n].Code])]))));
    }

    private static Dictionary<string, Tensor> Indices(Given i, IEnumerable<int> indices, int[] shape) =>
        Wrong.One("indices", new Tensor(shape, [.. indices.Select(k => (long)k)]));
}
