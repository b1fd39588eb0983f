using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>Dead codes: which are dead, what replaces them, and what has to be replaced along with them.</summary>
internal static class RevivalMistakes
{
    private static readonly (Wrong Wrong, RevivalRecipe Recipe)[] Recipes =
    [
        (new("RV01", "only-the-code-replaced", "The next update restores the dead code.", "Reset the code, its count and its sums together.", "lucidrains/vector-quantize-pytorch#45"),
            new() { KeepsSums = true, Mass = (n, _) => n }),
        (new("RV01a", "count-not-reset", "A revived code is dead again at once.", "Reset the count with the code.", "facebookresearch/encodec#61"),
            new() { Mass = (n, _) => n }),
        (new("RV01b", "sums-not-reset", "The next update restores the dead code's direction.", "Reset the sums with the code."),
            new() { KeepsSums = true }),
        (new("RV01c", "sums-without-the-count", "The next update rescales the revived code.", "The sums are the candidate times the reset count."),
            new() { SumsOver = (_, _) => 1 }),
        (new("RV01d", "sums-by-the-old-count", "The next update shrinks the revived code.", "The sums are the candidate times the reset count."),
            new() { SumsOver = (n, _) => n }),
        (new("RV01e", "code-not-replaced", "The dead code takes part in one more look-up.", "Reset the code with its count and sums."),
            new() { KeepsCodes = true }),
        (new("RV02", "candidate-normalised", "Revived codes all lie on the unit sphere.", "Copy the vector as it is.", "lucidrains/vector-quantize-pytorch#36"),
            new() { Copy = c => [.. c.Select(v => v / Math.Sqrt(Codes.Dot(c, c)))] }),
        (new("RV14", "live-codes-replaced", "The codebook is wiped.", "Replace where the count is below the threshold."),
            new() { IsDead = (n, threshold) => n >= threshold }),
        (new("RV14a", "dead-on-the-threshold", "A code just on the threshold is replaced.", "Dead is below the threshold, not on it."),
            new() { IsDead = (n, threshold) => n <= threshold }),
        (new("RV14b", "candidate-by-code", "The first candidates are never used.", "The i-th dead code takes the i-th candidate, not its own."),
            new() { Pick = (_, k, _) => k }),
        (new("RV14c", "one-candidate-for-all", "Revived codes are copies of each other.", "Give each dead code a candidate of its own."),
            new() { Pick = (_, _, _) => 0 }),
        (new("RV14d", "candidates-from-the-last", "Two workers revive the same codes with other vectors.", "Take the dead codes in ascending order."),
            new() { Pick = (i, _, dead) => dead - 1 - i }),
        (new("RV17", "threshold-hard-coded", "Most live codes are replaced in each step.", "Use the threshold that is given.", "jishengpeng/WavTokenizer#82"),
            new() { IsDead = (n, _) => n < 2 }),
        (new("RV17a", "dead-only-when-never-used", "Hardly any code is ever revived.", "Compare the count with the threshold, not with zero."),
            new() { IsDead = (n, _) => n == 0 }),
        (new("RV10", "never-revived", "Dead codes stay dead.", "Replace codes whose count is below the threshold."),
            new() { IsDead = (_, _) => false }),
    ];

    public static IEnumerable<Mistake> All =>
    [
        .. Recipes.Select(r => (r.Wrong with { Name = "revive-" + r.Wrong.Name }).Answering("revive", i => Revived(i, r.Recipe))),
        new Wrong("RV15", "too-few-candidates-answered", "Some dead codes are left as they were.", "Refuse fewer candidates than dead codes.")
            .Unrefused("revive", i => Wrong.One("new_codebook", i["codebook"])),
    ];

    public static Mistake[] InSteps(Func<Wrong, RevivalRecipe, Mistake> entry, params string[] ids) =>
        [.. Recipes.Where(r => ids.Contains(r.Wrong.Id)).Select(r => entry(r.Wrong, r.Recipe))];

    private static Dictionary<string, Tensor> Revived(Given i, RevivalRecipe recipe) => recipe
        .Revive(LearnedCodebook.Of(i), i["counts"].ToDoubles(), LearnedCodebook.Rows(i["candidates"]), i["threshold"][0], i["reset_count"][0]).Answer(i);
}
