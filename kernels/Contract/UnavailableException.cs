namespace LatentConformance.Contract;

/// <summary>What an implementation needs is not on this machine: a library, a device, memory. No answer, and none to any other question: the run ends.</summary>
public sealed class UnavailableException(string message) : Exception(message);
