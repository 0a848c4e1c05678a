import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fetches URLs with the JDK's own clients, in the environment it was started with: a question a line, an answer a line. */
public final class Fetch {
  private static final int LIMIT_MS = 8000;
  private static final Pattern FIELD = Pattern.compile("\"(client|url)\": *\"([^\"]*)\"");

  public static void main(String[] arguments) throws Exception {
    BufferedReader questions = new BufferedReader(new InputStreamReader(System.in));
    for (String line; (line = questions.readLine()) != null; ) {
      String client = "";
      String url = "";
      for (Matcher found = FIELD.matcher(line); found.find(); ) {
        if (found.group(1).equals("client")) client = found.group(2);
        else url = found.group(2);
      }
      System.out.println(answer(client, URI.create(url)).replace('\n', ' '));
    }
  }

  private static String answer(String client, URI url) {
    try {
      if (client.startsWith("java-httpclient")) byHttpClient(url);
      else byUrlConnection(url);
      return "";
    } catch (Exception error) {
      return error.toString();
    }
  }

  /** The proxy selector is the default one, where none is set: what the system properties say. */
  private static void byHttpClient(URI url) throws Exception {
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofMillis(LIMIT_MS)).build();
    HttpRequest request = HttpRequest.newBuilder(url).timeout(Duration.ofMillis(LIMIT_MS)).build();
    client.send(request, HttpResponse.BodyHandlers.discarding());
  }

  private static void byUrlConnection(URI url) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
    connection.setConnectTimeout(LIMIT_MS);
    connection.setReadTimeout(LIMIT_MS);
    connection.getResponseCode();
    connection.disconnect();
  }
}
