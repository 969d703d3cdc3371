namespace Orleans.Configuration;

/// <summary>How a silo sends calls.</summary>
public class SiloMessagingOptions : MessagingOptions
{
}
