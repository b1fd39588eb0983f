using LatentConformance.Contract;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

internal partial class Kernels<T> : ICodebookLearning
{
    public Tensor EmaUpdateLesson(Tensor codebook, Tensor z, Tensor indices, double decay)
    {
        var (rows, codes) = (Rows(z), Rows(codebook));
        var members = Members(indices.Int64.ToArray(), codes.Length);
        return Out(codebook.Shape.ToArray(), codes.SelectMany((code, k) =>
            members[k].Length == 0 ? code : code.Select((c, j) => Blended(c, MeanOf(rows, members[k], j), decay))));
    }

    public (Tensor? NewCounts, Tensor? NewSums, Tensor? NewCodebook) EmaUpdate(
        Tensor counts, Tensor sums, Tensor z, Tensor indices, double decay, double epsilon) =>
        Told(Moved(new State([], Values(counts), Rows(sums)), Rows(z), indices.Int64.ToArray(), decay, epsilon));

    public (Tensor? NewCounts, Tensor? NewSums, Tensor? NewCodebook) EmaUpdateMasked(
        Tensor counts, Tensor sums, Tensor z, Tensor indices, Tensor mask, double decay, double epsilon)
    {
        int[] kept = [.. Enumerable.Range(0, mask.Count).Where(n => mask[n] == 1)];
        var rows = Rows(z);
        return Told(Moved(new State([], Values(counts), Rows(sums)), [.. kept.Select(n => rows[n])], [.. kept.Select(n => indices.Int64[n])], decay, epsilon));
    }

    public (Tensor? NewCounts, Tensor? NewSums, Tensor? NewCodebook) EmaUpdateShards(
        Tensor counts, Tensor sums, Tensor z, Tensor indices, double decay, double epsilon)
    {
        var (workers, n, codes) = (z.Shape[0], z.Shape[1], counts.Count);
        var (rows, old) = (Blocks(z), Rows(sums));

        // Each worker adds up its own; the sums of the workers meet in an all-reduce.
        var members = Enumerable.Range(0, workers).Select(w => Members(indices.Int64[(w * n)..((w + 1) * n)].ToArray(), codes)).ToArray();
        T[] counted = [.. Enumerable.Range(0, codes).Select(k => Sum(workers, w => C(members[w][k].Length)))];
        T[][] added = [.. old.Select((row, k) => row.Select((_, j) => Sum(workers, w => Sum(members[w][k].Length, m => rows[w][members[w][k][m]][j]))).ToArray())];
        return Told(Moved(new State([], Values(counts), old), counted, added, decay, epsilon));
    }

    public (Tensor? NewCentroids, Tensor? Indices) KmeansStep(Tensor data, Tensor centroids)
    {
        var (rows, centres) = (Rows(data), Rows(centroids));
        var nearest = Nearest(rows, centres);
        var members = Members([.. nearest.Select(k => (long)k)], centres.Length);
        return (
            Out(centroids.Shape.ToArray(), centres.SelectMany((c, k) => c.Select((v, j) => members[k].Length == 0 ? v : MeanOf(rows, members[k], j)))),
            Indices([rows.Length], nearest));
    }

    public (Tensor? NewCodebook, Tensor? NewCounts, Tensor? NewSums) Revive(
        Tensor codebook, Tensor counts, Tensor sums, Tensor candidates, double threshold, double resetCount)
    {
        var state = Revived(new State(Rows(codebook), Values(counts), Rows(sums)), Rows(candidates), threshold, resetCount);
        var (newCounts, newSums, newCodebook) = Told(state);
        return (newCodebook, newCounts, newSums);
    }

    public (Tensor? Quantized, Tensor? Indices, Tensor? NewCodebook, Tensor? NewCounts, Tensor? NewSums) VqTrainStep(
        Tensor z, Tensor codebook, Tensor counts, Tensor sums, Tensor candidates, double decay, double epsilon, double threshold, long training)
    {
        var before = new State(Rows(codebook), Values(counts), Rows(sums));
        var (quantized, indices) = VqQuantize(z, codebook);
        var after = training == 0
            ? before
            : Revived(Moved(before, Rows(z), indices!.Int64.ToArray(), decay, epsilon), Rows(candidates), threshold, threshold);
        var (newCounts, newSums, newCodebook) = Told(after);
        return (quantized, indices, newCodebook, newCounts, newSums);
    }

    public (Tensor? Indices, Tensor? NewCodebook, Tensor? NewCounts, Tensor? NewSums) VqTrainSteps(
        Tensor z, Tensor codebook, Tensor counts, Tensor sums, Tensor candidates, double decay, double epsilon, double threshold)
    {
        var (state, offered, chosen) = (new State(Rows(codebook), Values(counts), Rows(sums)), Blocks(candidates), new List<int>());
        foreach (var (rows, step) in Blocks(z).Select((rows, step) => (rows, step)))
        {
            var nearest = Nearest(rows, state.Codebook);
            chosen.AddRange(nearest);
            state = Revived(Moved(state, rows, [.. nearest.Select(k => (long)k)], decay, epsilon), offered[step], threshold, threshold);
        }

        var (newCounts, newSums, newCodebook) = Told(state);
        return (Indices([z.Shape[0], z.Shape[1]], [.. chosen]), newCodebook, newCounts, newSums);
    }

    private static T[][][] Blocks(Tensor tensor)
    {
        var (values, n, d) = (Values(tensor), tensor.Shape[1], tensor.Shape[2]);
        return [.. Enumerable.Range(0, tensor.Shape[0]).Select(t =>
            Enumerable.Range(0, n).Select(i => values[(((t * n) + i) * d)..(((t * n) + i + 1) * d)]).ToArray())];
    }

    private static int[][] Members(long[] indices, int codes) =>
        [.. Enumerable.Range(0, codes).Select(k => Enumerable.Range(0, indices.Length).Where(n => indices[n] == k).ToArray())];

    private T MeanOf(T[][] rows, int[] members, int j) => Divided(Sum(members.Length, m => rows[members[m]][j]), members.Length);

    /// <summary>γ a + (1 − γ) b, or torch.lerp.</summary>
    private T Blended(T old, T fresh, double decay) =>
        style.OtherIdentities ? old + ((T.One - C(decay)) * (fresh - old)) : (C(decay) * old) + (C(1 - decay) * fresh);

    private State Moved(State state, T[][] rows, long[] indices, double decay, double epsilon)
    {
        var members = Members(indices, state.Counts.Length);
        return Moved(
            state,
            [.. members.Select(m => C(m.Length))],
            [.. state.Sums.Select((row, k) => row.Select((_, j) => Sum(members[k].Length, m => rows[members[k][m]][j])).ToArray())],
            decay,
            epsilon);
    }

    private State Moved(State state, T[] counted, T[][] added, double decay, double epsilon)
    {
        T[] counts = [.. state.Counts.Select((n, k) => Blended(n, counted[k], decay))];
        T[][] sums = [.. state.Sums.Select((row, k) => row.Select((m, j) => Blended(m, added[k][j], decay)).ToArray())];
        var total = Sum(counts);
        var lifted = total + (C(counts.Length) * C(epsilon));
        T[] smoothed = [.. counts.Select(n => style.Reciprocals ? total / lifted * (n + C(epsilon)) : (n + C(epsilon)) / lifted * total)];
        return new([.. sums.Select((row, k) => row.Select(m => style.Reciprocals ? m * (T.One / smoothed[k]) : m / smoothed[k]).ToArray())], counts, sums);
    }

    private static State Revived(State state, T[][] candidates, double threshold, double resetCount)
    {
        int[] dead = [.. Enumerable.Range(0, state.Counts.Length).Where(k => state.Counts[k] < C(threshold))];
        int Place(int k) => Array.IndexOf(dead, k);
        return new(
            [.. state.Codebook.Select((row, k) => Place(k) < 0 ? row : candidates[Place(k)])],
            [.. state.Counts.Select((n, k) => Place(k) < 0 ? n : C(resetCount))],
            [.. state.Sums.Select((row, k) => Place(k) < 0 ? row : candidates[Place(k)].Select(c => c * C(resetCount)).ToArray())]);
    }

    private (Tensor? Counts, Tensor? Sums, Tensor? Codebook) Told(State state)
    {
        int[] shape = [state.Sums.Length, state.Sums[0].Length];
        return (Out([state.Counts.Length], state.Counts), Out(shape, state.Sums.SelectMany(r => r)), Out(shape, state.Codebook.SelectMany(r => r)));
    }

    private sealed record State(T[][] Codebook, T[] Counts, T[][] Sums);
}
