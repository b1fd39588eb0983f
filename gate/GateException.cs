namespace LatentConformance.Gate;

/// <summary>What the gate was given is wrong: a kernel set, a parameter, a file. One line, with what was expected.</summary>
public sealed class GateException(string message) : Exception(message);
