using System.Net;

namespace Orleans.Runtime;

/// <summary>The embedded engine is for one machine only.</summary>
internal static class Loopback
{
    /// <summary>Throws unless an address is loopback or unset.</summary>
    /// <exception cref="OrleansConfigurationException">It is another address.</exception>
    public static void Require(IPAddress? address, string setting)
    {
        if (address is not null && !IPAddress.IsLoopback(address))
        {
            throw new OrleansConfigurationException(
                $"{setting} is {address}: the embedded engine runs on one machine and takes loopback addresses only; build with NSftPackages=nuget to use Orleans itself across machines.");
        }
    }
}
