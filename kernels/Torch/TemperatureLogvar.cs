namespace LatentConformance.Torch;

// (σ T)² = e^(lv + 2 log T): the temperature moves the log-variance, it does not scale it.
public static class TemperatureLogvar
{
    [Kernel("temperature_logvar")]
    public static Tensor Forward(Tensor logvar, double temperature)
    {
        Refuse.UnlessPositive("temperature", temperature);
        return logvar + (2 * Math.Log(temperature));
    }
}
