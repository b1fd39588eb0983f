using NUnit.Framework;

namespace LatentConformance.Tests.Teeth;

/// <summary>Which case catches which mistake, as a file: losing a tooth is a visible diff.</summary>
public sealed class TeethMatrixTests
{
    private const string Accept = "LATENT_ACCEPT";

    private static string Verified => Path.Combine(Ground.Folder, "teeth.verified.txt");

    private static string Received => Path.Combine(Ground.Folder, "teeth.received.txt");

    [Test]
    public void Matrix_AsVerified()
    {
        var now = string.Concat(Bites.OfAll.Select(b => b + "\n"));
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(Verified, now);
        }

        var verified = File.Exists(Verified) ? File.ReadAllText(Verified).ReplaceLineEndings("\n") : "";
        File.Delete(Received);
        if (now != verified)
        {
            File.WriteAllText(Received, now);
            Assert.Fail($"{FirstDifference(verified, now)}\ncompare {Received} with {Path.GetFileName(Verified)}; {Accept}=1 accepts it");
        }
    }

    private static string FirstDifference(string verified, string now)
    {
        var before = verified.Split('\n').ToHashSet();
        var after = now.Split('\n').ToHashSet();
        var gone = before.Except(after).FirstOrDefault() ?? "nothing";
        var come = after.Except(before).FirstOrDefault() ?? "nothing";
        return $"was: {gone}\nnow: {come}";
    }
}
