namespace LatentConformance.Tests.Goldens;

/// <summary>A golden in a folder of its own, with what an earlier run received beside it.</summary>
internal sealed class OneGolden : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("goldens-").FullName;

    public OneGolden(string? stored)
    {
        if (stored is not null)
        {
            File.WriteAllText(Verified, stored);
        }

        File.WriteAllText(Received, "of an earlier run");
    }

    public string Verified => Path.Combine(folder, "kl_standard.vjp.verified.txt");

    public string? VerifiedText => TextOf(Verified);

    public string? ReceivedText => TextOf(Received);

    private string Received => Path.Combine(folder, "kl_standard.vjp.received.txt");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string? TextOf(string file) => File.Exists(file) ? File.ReadAllText(file) : null;
}
