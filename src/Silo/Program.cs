using NSft.Silo;

try
{
    await SiloApplication.RunAsync(args);
    return 0;
}
#pragma warning disable CA1031 // The end of the process: whatever keeps a silo from starting or staying is told in one line and by the exit code.
catch (Exception exception)
#pragma warning restore CA1031
{
    await Console.Error.WriteLineAsync($"nsft-silo: {exception.Message}");
    return 1;
}
