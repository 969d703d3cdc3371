using System.Globalization;
using NSft.Collectives;
using NSft.Silo.Health;

namespace NSft.Silo.Tests;

public sealed class HttpOptionsTests
{
    [Theory]
    [InlineData(-1, "127.0.0.1", "Http:Port cannot be -1")]
    [InlineData(65536, "127.0.0.1", "Http:Port cannot be 65536")]
    [InlineData(0, "nowhere.example", "Http:Host 'nowhere.example' is no address")]
    [InlineData(0, "", "Http:Host '' is no address")]
    public void Ensure_BadOptions_NameTheKeyAndTheValue(int port, string host, string expected) => Assert.Contains(
        expected, Assert.Throws<UserInputException>(() => HttpOptionsValidator.Ensure(new HttpOptions { Port = port, Host = host })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("*")]
    [InlineData("localhost")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    public void Ensure_UsualHosts_Pass(string host) => HttpOptionsValidator.Ensure(new HttpOptions { Port = 1, Host = host });

    [Fact]
    public async Task Start_PortThatIsTaken_IsToldInOneLine()
    {
        await using ListeningSilo silo = await ListeningSilo.StartAsync("a");
        UserInputException error = await Assert.ThrowsAsync<UserInputException>(() => SiloHttpServer.StartAsync(
            new HttpOptions { Port = silo.Address.Port }, new SiloHealth(), [], TestContext.Current.CancellationToken));
        Assert.Contains(silo.Address.Port.ToString(CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
        Assert.Contains("give another port", error.Message, StringComparison.Ordinal);
    }
}
